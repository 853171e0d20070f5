using System.Globalization;
using Armature.CommandLine;
using Microsoft.Extensions.Configuration.Memory;

namespace Armature.Hosting;

/// <summary>The configuration of a command: its own defaults, then the environment (<c>ARMATURE__CPUTHREADS</c>).</summary>
internal static class CommandConfiguration
{
    // A command of a person uses all cores, whatever the environment is called.
    private static readonly KeyValuePair<string, string?> AllCores =
        KeyValuePair.Create<string, string?>("Armature:CpuThreads", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds it to a host.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="defaults">Further settings that the environment may override.</param>
    public static void AddTo(IConfigurationManager configuration, params IEnumerable<KeyValuePair<string, string?>> defaults)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [AllCores, .. defaults] });
        configuration.AddEnvironmentVariables();
    }

    /// <summary>Whether the environment names a Redis. Of everything else that is wrong there the host tells when it starts.</summary>
    public static bool HasRedis()
    {
        using var configuration = new ConfigurationManager();
        AddTo(configuration);
        return !string.IsNullOrWhiteSpace(configuration["Armature:Redis:ConnectionString"]);
    }

    /// <summary>The options as this command sees them.</summary>
    /// <exception cref="UsageException">A value cannot be read, or belongs to no option.</exception>
    public static ArmatureOptions Read()
    {
        using var configuration = new ConfigurationManager();
        AddTo(configuration);
        var section = configuration.GetSection(ArmatureOptions.Section);
        string[] violations =
        [
            .. ConfigurationViolations.Find(section, typeof(ArmatureOptions))
                .Concat(UnknownOptions.Find(section, typeof(ArmatureOptions)))
                .Select(violation => violation.Message),
        ];
        if (violations.Length > 0)
        {
            throw new UsageException(
                $"The configuration is wrong: look at the environment variables that begin with ARMATURE__.{string.Concat(violations.Select(violation => $"{Environment.NewLine}- {violation}"))}");
        }

        var options = new ArmatureOptions();
        section.Bind(options);
        return options;
    }
}
