using Microsoft.Extensions.Options;

namespace Armature.Hosting;

public sealed class OrleansSectionTests
{
    [Theory]
    [InlineData("Orleans:Clustering:ProviderType", "Orleans:Clustering", "Armature:Redis:ConnectionString")]
    [InlineData("Orleans:Reminders:ProviderType", "Orleans:Reminders", "Armature:Redis:ConnectionString")]
    [InlineData("Orleans:ClusterId", "Orleans:ClusterId", "Armature:Cluster:ClusterId")]
    [InlineData("Orleans:Endpoints:SiloPort", "Orleans:Endpoints", "the ports and addresses of Armature:Cluster")]
    [InlineData("Orleans:ClusterMembership:NumMissedProbesLimit", "Orleans:ClusterMembership", "Armature:Cluster:Membership")]
    public void AddArmature_WhatArmatureMakesItself_IsRefusedAtStart(string key, string named, string instead)
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { [key] = "Nonsense" });

        var violation = Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldHaveSingleItem();

        violation.ShouldStartWith($"{named} is set, but Armature makes that part");
        violation.ShouldContain(instead);
    }

    [Theory]
    [InlineData("Orleans:GrainStorage:mine:ProviderType")]
    [InlineData("Orleans:Streaming:mine:ProviderType")]
    public void AddArmature_WhatOrleansCannotUse_IsRefusedAtStart(string key)
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { [key] = "Nonsense" });

        var violation = Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldHaveSingleItem();

        violation.ShouldStartWith("Orleans cannot use its section Orleans (Orleans__...): ");
        violation.ShouldContain("Nonsense");
    }

    [Fact]
    public void AddArmature_GrainStorageOfTheUsersOwn_IsAllowed()
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { ["Orleans:GrainStorage:mine:ProviderType"] = "Memory" });

        Should.NotThrow(() => host.Options());
    }
}
