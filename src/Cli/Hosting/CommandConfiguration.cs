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

    /// <summary>The options as this command sees them.</summary>
    /// <exception cref="UsageException">A value cannot be read.</exception>
    public static ArmatureOptions Read()
    {
        using var configuration = new ConfigurationManager();
        AddTo(configuration);
        var options = new ArmatureOptions();
        try
        {
            configuration.GetSection(ArmatureOptions.Section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException($"The configuration cannot be read: {e.Message} Look at the environment variables that begin with ARMATURE__.", e);
        }

        return options;
    }
}
