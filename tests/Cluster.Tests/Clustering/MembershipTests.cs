using System.Globalization;
using Armature.Chaos;
using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Clustering;

/// <summary>
/// What the settings of membership promise, with real processes and real signals: a killed silo is noticed in under 5 seconds, a
/// frozen one in under 15, a busy one never. The bounds here are twice as long, for machines that do other things too; the times
/// are printed.
/// </summary>
[Collection(ChaosCollection.Name)]
public sealed class MembershipTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private static readonly TimeSpan KillBound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FreezeBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Kill_OneOfThree_TheOthersKnowWithinSeconds()
    {
        using var story = await cluster.BeginAsync(output);
        var victim = cluster.Members[1];

        victim.Kill();

        (await TimeUntilDeadAsync(story, victim, "killed")).ShouldBeLessThan(KillBound);
    }

    [Fact]
    public async Task Freeze_PastDetection_TheOthersKnowAndTheZombieAnswersNothingAsAMember()
    {
        using var story = await cluster.BeginAsync(output);
        var zombie = cluster.Members[1];
        (await zombie.GetAsync("/test/lease")).ShouldBe("held");

        zombie.Freeze();
        (await TimeUntilDeadAsync(story, zombie, "frozen")).ShouldBeLessThan(FreezeBound);
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
        using var story = await cluster.BeginAsync(output);
        var silo = cluster.Members[1];

        silo.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
        var waiting = AskForLeaseAsync(silo);
        silo.Thaw();

        (await waiting).ShouldBe("stale");
        await Eventually.BecomesTrueAsync(async () => await silo.GetAsync("/test/lease") == "held", "the lease is held again");
        (await cluster.Members[0].GetStatusOfAsync(silo)).ShouldBe("Active");
    }

    /// <summary>15 seconds, half as long again as a frozen silo is let live, or as many as ARMATURE_BUSY_SECONDS says.</summary>
    [Fact]
    public async Task Busy_AllCoresInsideAndBeside_NobodyIsEverDeclaredDead()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("ARMATURE_BUSY_SECONDS") ?? "15", CultureInfo.InvariantCulture);
        using var story = await cluster.BeginAsync(output);
        var silos = cluster.Members;

        // More threads than cores in one silo, and as many beside it, in the process of another.
        foreach (var busy in silos.Take(2))
        {
            await busy.PostAsync($"/test/burn?threads={2 * Environment.ProcessorCount}&seconds={seconds}");
        }

        var looks = 0;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds))
        {
            foreach (var silo in silos)
            {
                var members = await silo.GetMembersAsync();
                silos.ShouldAllBe(other => members[other.Settings.SiloPort] == "Active");
                looks++;
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        story.Tell($"busy for {seconds} s: {looks} looks, nobody was declared dead");
    }

    private async Task<TimeSpan> TimeUntilDeadAsync(Story story, SiloProcess victim, string how)
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var survivor in cluster.Members.Where(silo => silo != victim))
        {
            await Eventually.BecomesTrueAsync(async () => await survivor.GetStatusOfAsync(victim) == "Dead", "the silo is dead for the others");
        }

        var time = TimeProvider.System.GetElapsedTime(started);
        story.Tell($"{how}: dead for all others after {time.TotalSeconds:F1} s");
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
