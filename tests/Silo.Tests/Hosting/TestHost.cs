using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>A host with Armature that is built and not started.</summary>
internal static class TestHost
{
    public static IHost Build(
        IReadOnlyDictionary<string, string?>? configuration = null,
        Action<ArmatureOptions>? configure = null,
        string environment = "Production")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(configuration ?? new Dictionary<string, string?>());
        builder.AddArmature(configure);
        return builder.Build();
    }

    public static ArmatureOptions Options(this IHost host) => host.Services.GetRequiredService<IOptions<ArmatureOptions>>().Value;
}
