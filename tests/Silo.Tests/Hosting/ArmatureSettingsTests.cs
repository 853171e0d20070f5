using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

public sealed class ArmatureSettingsTests
{
    [Fact]
    public void AddArmature_Production_LeavesOneProcessorToGrains()
    {
        using var host = TestHost.Build(environment: "Production");

        host.Options().CpuThreads.ShouldBe(Math.Max(1, Environment.ProcessorCount - 1));
    }

    [Fact]
    public void AddArmature_Development_ComputesOnEveryProcessor()
    {
        using var host = TestHost.Build(environment: "Development");

        host.Options().CpuThreads.ShouldBe(Environment.ProcessorCount);
    }

    [Fact]
    public void AddArmature_Configured_OverridesThePreset()
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { ["Armature:CpuThreads"] = "7" });

        host.Options().CpuThreads.ShouldBe(7);
    }

    [Fact]
    public void AddArmature_Code_OverridesTheConfiguration()
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { ["Armature:CpuThreads"] = "7" }, options => options.CpuThreads = 9);

        host.Options().CpuThreads.ShouldBe(9);
    }

    [Fact]
    public void AddArmature_NestedOptions_AreBound()
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            ["Armature:Cluster:Roles"] = "compute",
            ["Armature:Cluster:Membership:ProbeTimeout"] = "00:00:03",
            ["Armature:Http:Port"] = "",
        });

        host.Options().Cluster.Roles.ShouldBe(SiloRoles.Compute);
        host.Options().Cluster.Membership.ProbeTimeout.ShouldBe(TimeSpan.FromSeconds(3));
        host.Options().Http.Port.ShouldBeNull();
    }

    [Fact]
    public void AddArmature_ShutdownBudget_IsTheHosts()
    {
        using var host = TestHost.Build(configure: options => options.Cluster.ShutdownBudget = TimeSpan.FromSeconds(50));

        host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(50));
    }
}
