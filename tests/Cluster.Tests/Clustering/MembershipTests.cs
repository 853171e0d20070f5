using System.Globalization;
using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Clustering;

/// <summary>
/// What the settings of membership promise, with real processes and real signals: a killed silo is noticed in under 5 seconds, a
/// frozen one in under 15, a busy one never. The bounds here are twice as long, for machines that do other things too; the times
/// are printed.
/// </summary>
public sealed class MembershipTests(ITestOutputHelper output)
{
    private static readonly TimeSpan KillBound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FreezeBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Kill_OneOfThree_TheOthersKnowWithinSeconds()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        await Settle(cluster);

        cluster.Silos[1].Kill();

        (await TimeUntilDeadAsync(cluster, cluster.Silos[1], "killed")).ShouldBeLessThan(KillBound);
    }

    [Fact]
    public async Task Freeze_PastDetection_TheOthersKnowAndTheZombieAnswersNothingAsAMember()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        await Settle(cluster);
        var zombie = cluster.Silos[1];
        (await zombie.GetAsync("/test/lease")).ShouldBe("held");

        zombie.Freeze();
        (await TimeUntilDeadAsync(cluster, zombie, "frozen")).ShouldBeLessThan(FreezeBound);
        var waiting = Enumerable.Range(0, 20).Select(_ => AskForLeaseAsync(zombie)).ToArray();
        zombie.Thaw();

        (await Task.WhenAll(waiting)).ShouldNotContain("held");
        while (await AskForLeaseAsync(zombie) is { } answer)
        {
            answer.ShouldBe("stale");
        }

        await zombie.WaitForExitAsync().WaitAsync(FreezeBound);
    }

    [Fact]
    public async Task Freeze_ShorterThanDetection_TheLeaseIsLostAndComesBack()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        await Settle(cluster);
        var silo = cluster.Silos[1];

        silo.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
        var waiting = AskForLeaseAsync(silo);
        silo.Thaw();

        (await waiting).ShouldBe("stale");
        await Eventually.BecomesTrueAsync(async () => await silo.GetAsync("/test/lease") == "held", "the lease is held again");
        (await cluster.Silos[0].GetStatusOfAsync(silo)).ShouldBe("Active");
    }

    /// <summary>20 seconds, or as many as ARMATURE_BUSY_SECONDS says.</summary>
    [Fact]
    public async Task Busy_AllCoresInsideAndBeside_NobodyIsEverDeclaredDead()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("ARMATURE_BUSY_SECONDS") ?? "20", CultureInfo.InvariantCulture);
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        await Settle(cluster);

        // More threads than cores in one silo, and as many beside it, in the process of another.
        foreach (var busy in cluster.Silos.Take(2))
        {
            await busy.PostAsync($"/test/burn?threads={2 * Environment.ProcessorCount}&seconds={seconds}");
        }

        var looks = 0;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds))
        {
            foreach (var silo in cluster.Silos)
            {
                var members = await silo.GetMembersAsync();
                members.Values.ShouldAllBe(status => status == "Active");
                members.Count.ShouldBe(3);
                looks++;
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        output.WriteLine($"busy for {seconds} s: {looks} looks, nobody was declared dead");
    }

    private static async Task Settle(SiloCluster cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            await Eventually.BecomesTrueAsync(
                async () => (await silo.GetMembersAsync()).Count(member => member.Value == "Active") == cluster.Silos.Count, "all silos see each other");
        }
    }

    private async Task<TimeSpan> TimeUntilDeadAsync(SiloCluster cluster, SiloProcess victim, string how)
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var survivor in cluster.Silos.Where(silo => silo != victim))
        {
            await Eventually.BecomesTrueAsync(async () => await survivor.GetStatusOfAsync(victim) == "Dead", "the silo is dead for the others");
        }

        var time = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine($"{how}: dead for all others after {time.TotalSeconds:F1} s");
        return time;
    }

    /// <summary>Null when nothing answers any more.</summary>
    private static async Task<string?> AskForLeaseAsync(SiloProcess silo)
    {
        try
        {
            return await silo.GetAsync("/test/lease");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
