using Armature.Clustering;
using Orleans.Runtime;

namespace Armature.TestSilo;

/// <summary>What a test asks one process directly, past every other silo.</summary>
internal static class TestEndpoints
{
    public static void MapTest(this IEndpointRouteBuilder routes)
    {
        // Asked for and not made: wrong options are the start's to refuse.
        if (!routes.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(MembershipLease)))
        {
            return; // A gateway alone is no member.
        }

        routes.MapGet("/test/lease", (MembershipLease lease) => lease.IsHeld ? "held" : "stale");
        routes.MapGet("/test/members", (IClusterMembershipService membership) => membership.CurrentSnapshot.Members.Values
            .ToDictionary(member => member.SiloAddress.ToParsableString(), member => member.Status.ToString()));
        routes.MapGet("/test/cache/{name}/{key}", async (string name, string key, ArmatureClient client, CancellationToken cancellationToken) =>
            (await client.Cache<string>(name).GetAsync(key, cancellationToken)).GetValueOrDefault("nothing"));
        routes.MapPost("/test/burn", (int threads, int seconds) => Burn(threads, TimeSpan.FromSeconds(seconds)));
    }

    /// <summary>Keeps processors busy on threads of its own.</summary>
    private static void Burn(int threads, TimeSpan time)
    {
        for (var i = 0; i < threads; i++)
        {
            new Thread(() =>
            {
                var started = TimeProvider.System.GetTimestamp();
                while (TimeProvider.System.GetElapsedTime(started) < time)
                {
                    Thread.SpinWait(1_000);
                }
            })
            { IsBackground = true }.Start();
        }
    }
}
