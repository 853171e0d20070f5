namespace Armature.Hosting;

/// <summary>Orleans' own section of the configuration, which Orleans reads while a host is put together and meets with exceptions.</summary>
internal static class OrleansSection
{
    private const string Name = "Orleans";

    private static readonly string[] Owned = ["ClusterId", "ServiceId", "Endpoints", "Clustering", "ClusterMembership", "Reminders"];

    /// <summary>What is set there that Armature makes itself, from its own options.</summary>
    public static IEnumerable<string> Find(IConfiguration configuration) =>
        from key in Owned
        let section = configuration.GetSection(ConfigurationPath.Combine(Name, key))
        where section.Exists()
        select $"{section.Path} is set, but Armature makes that part of Orleans' configuration itself. Leave it out and use {InsteadOf(key)}.";

    /// <summary>Adds a silo to a host.</summary>
    /// <returns>Why Orleans cannot use its section, null when it can. The silo is then made without it, so that the start can tell.</returns>
    public static string? AddSilo(IHostApplicationBuilder builder, Action<ISiloBuilder> compose)
    {
        var unreadable = Find(builder.Configuration).Any() ? null : TryRead(builder);
        builder.Services.AddOrleans(compose);
        return unreadable;
    }

    private static string? TryRead(IHostApplicationBuilder builder)
    {
        try
        {
            builder.UseOrleans();
            return null;
        }
        catch (Exception error) when (builder.Configuration.GetSection(Name).Exists())
        {
            return $"Orleans cannot use its section {Name} ({Name}__...): {error.Message} Correct the setting, or leave it out.";
        }
    }

    private static string InsteadOf(string key) => key switch
    {
        "ClusterId" or "ServiceId" => $"Armature:Cluster:{key}",
        "Endpoints" => "the ports and addresses of Armature:Cluster",
        "ClusterMembership" => "Armature:Cluster:Membership",
        _ => "Armature:Redis:ConnectionString, which makes this silo a member of a cluster",
    };
}
