using System.Net;
using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Storage;

public sealed class BlobStoreJoinTests
{
    [Fact]
    public async Task Join_SiloWithAnotherBlobStore_RefusesToStartAndSaysWhy()
    {
        using var other = new TemporaryFolder();
        await using var cluster = await SiloCluster.StartAsync(silos: 1);

        var stranger = cluster.LaunchSilo(cluster.NewMember() with
        {
            Options = new Dictionary<string, string> { ["Storage:Folder"] = other.Path },
        });

        (await stranger.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2))).ShouldBe(2);
        stranger.Output.ShouldContain($"This silo's blob store, {other.Path}, is not the one that the cluster's silos use");
        stranger.Output.ShouldContain("Armature:Storage:Folder");
        (await cluster.Silos[0].GetHealthAsync("ready")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Join_SiloWithTheSharedFolderNamedByOption_Joins()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1);
        var member = cluster.NewMember();

        var second = cluster.LaunchSilo(member with
        {
            DataFolder = null,
            Options = new Dictionary<string, string> { ["Storage:Folder"] = Path.Combine(member.DataFolder!, "blobs") },
        });

        await second.BecomesReadyAsync();
    }
}
