using Microsoft.Extensions.Options;

namespace Armature.Hosting;

public sealed class UnknownOptionsTests
{
    [Theory]
    [InlineData("Armature:Batchng:MaxItems", "Armature:Batchng is no option. The nearest one is Armature:Batching.")]
    [InlineData("Armature:CPUTHREAD", "Armature:CPUTHREAD is no option. The nearest one is Armature:CpuThreads.")]
    [InlineData("Armature:Cluster:Membership:ProbeTimout", "Armature:Cluster:Membership:ProbeTimout is no option. The nearest one is Armature:Cluster:Membership:ProbeTimeout.")]
    [InlineData("Armature:ListenAddress", "Armature:ListenAddress is no option. The nearest one is Armature:Cluster:ListenAddress.")]
    [InlineData("Armature:Http:Nonsense", "Armature:Http:Nonsense is no option. Armature:Http has Address, Port.")]
    [InlineData("Armature:Redis:IsConfigured", "Armature:Redis:IsConfigured is no option. Armature:Redis has ConnectionString, StartupTimeout.")]
    [InlineData("Armature:CpuThreads:Max", "Armature:CpuThreads:Max is no option. Armature:CpuThreads is a single value.")]
    [InlineData("Armature:Http", "Armature:Http has a value but is a section. It has Address, Port.")]
    [InlineData("Armature:Images:Presets:small:Widht", "Armature:Images:Presets:small:Widht is no option. The nearest one is Armature:Images:Presets:small:Width.")]
    [InlineData("Armature:Caching:Caches:users:MaxByte", "Armature:Caching:Caches:users:MaxByte is no option. The nearest one is Armature:Caching:Caches:users:MaxBytes.")]
    public void Find_KeyThatNoOptionHas_NamesWhatThereIs(string key, string violation)
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { [key] = "x" });

        Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldHaveSingleItem().ShouldBe(violation);
    }

    [Theory]
    [InlineData("Armature:CPUTHREADS", "3")]
    [InlineData("Armature:Storage:ClientPrefixes:0", "mine/")]
    [InlineData("Armature:Images:Presets:banner:Width", "900")]
    [InlineData("Armature:Caching:Caches:users:MaxBytes", "8388608")]
    [InlineData("Armature:Rendering:Environment:API_URL", "https://backend.example")]
    [InlineData("Armature:Cluster:Membership", "")]
    [InlineData("Armature", "x")]
    [InlineData("ArmatureOfMine:Colour", "red")]
    public void Find_KeyOfAnOptionOrOfSomebodyElse_IsAllowed(string key, string value)
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { [key] = value });

        Should.NotThrow(() => host.Options());
    }

    [Fact]
    public void Find_SeveralKeys_StandBesideTheOtherViolations()
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            ["Armature:Batchng:MaxItems"] = "1",
            ["Armature:Htpp:Port"] = "1",
            ["Armature:CpuThreads"] = "0",
        });

        Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldBe(
            [
                "Armature:Batchng is no option. The nearest one is Armature:Batching.",
                "Armature:Htpp is no option. The nearest one is Armature:Http.",
                "Armature:CpuThreads is 0 but must be between 1 and 1024.",
            ],
            ignoreOrder: true);
    }
}
