using Armature.Batching;
using Armature.Clustering;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Armature.Chaos;

/// <summary>
/// Three real silos on a real Redis, under a platform that starts a silo again when its process has ended. A client outside looks on.
/// Shared by the tests, each of which begins when the cluster is whole.
/// </summary>
public sealed class ChaosCluster : IAsyncLifetime
{
    private const int Size = 3;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PlatformPause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly List<SiloProcess> _members = [];
    private readonly List<SiloProcess> _retired = [];

    private SiloCluster _cluster = null!;
    private Task _platform = Task.CompletedTask;
    private Story? _story;
    private int _deaths;

    /// <summary>The processes that have not ended.</summary>
    public IReadOnlyList<SiloProcess> Members
    {
        get
        {
            lock (_lock)
            {
                return [.. _members.Where(member => !member.HasExited)];
            }
        }
    }

    /// <summary>Processes that have ended so far, in whatever way.</summary>
    public int Deaths => Volatile.Read(ref _deaths);

    public ArmatureClient Client => _cluster.Client.GetRequiredService<ArmatureClient>();

    public Armature.Testing.Redis.RedisServer Redis => _cluster.Redis;

    public async ValueTask InitializeAsync()
    {
        _cluster = await SiloCluster.StartAsync(Size);
        _members.AddRange(_cluster.Silos);
        _platform = RunPlatformAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _platform;
        await _cluster.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Begins a test: tells its story from here on, and returns when the cluster is whole.</summary>
    public async Task<Story> BeginAsync(ITestOutputHelper output)
    {
        var story = new Story(output);
        _story = story;

        // A test that failed may have left something frozen.
        foreach (var member in Members)
        {
            member.Thaw();
        }

        Redis.Resume();
        await BecomesWholeAsync();
        story.Tell($"three silos: {string.Join(", ", Members.Select(Name))}");
        return story;
    }

    /// <summary>Returns when there are three silos again, and all of them see just those.</summary>
    public async Task BecomesWholeAsync()
    {
        foreach (var surplus in Members.Where(member => !IsRetired(member)).Skip(Size))
        {
            Retire(surplus);
            surplus.Terminate();
        }

        await Eventually.BecomesTrueAsync(IsWholeAsync, "the cluster is whole");
    }

    /// <summary>The process's name in a story.</summary>
    public string Name(SiloProcess silo) => $"silo {_cluster.Silos.ToList().IndexOf(silo) + 1}";

    /// <summary>Starts one more silo; it is not ready yet.</summary>
    public SiloProcess Launch()
    {
        var silo = _cluster.LaunchSilo();
        lock (_lock)
        {
            _members.Add(silo);
        }

        return silo;
    }

    /// <summary>The silo that coordinates a batch.</summary>
    public async Task<SiloProcess> CoordinatorOfAsync(string batchId)
    {
        var grains = _cluster.Client.GetRequiredService<IGrainFactory>();
        SiloAddress? address = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                try
                {
                    address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<IBatchGrain>(batchId));
                }
                catch (Exception error) when (error is OrleansException or TimeoutException)
                {
                    // The management grain's own silo may be the one that died.
                }

                return address is not null;
            },
            "the batch has a coordinator");
        return Members.Single(member => member.Settings.SiloPort == address!.Endpoint.Port);
    }

    /// <summary>Submits a batch of equal items that a silo of the test's choice coordinates.</summary>
    internal async Task<ChaosBatch> SubmitAsync(Func<SiloProcess, bool> isCoordinator, int items, BatchOptions? options = null)
    {
        while (true)
        {
            var batch = await ChaosBatch.SubmitAsync(Client, items, milliseconds: 100, options);
            if (isCoordinator(await CoordinatorOfAsync(batch.Id)))
            {
                return batch;
            }

            await batch.CancelAsync();
        }
    }

    /// <summary>Redis gives no answer for ten seconds.</summary>
    public async Task FreezeRedisAsync()
    {
        _story?.Tell("Redis is frozen");
        Redis.Pause();
        await Task.Delay(Outage, TimeProvider.System, CancellationToken.None);
        Redis.Resume();
        _story?.Tell("Redis goes on");
    }

    /// <summary>What all silos, dead ones too, have written of a batch's work.</summary>
    internal IReadOnlyList<WorkRecord> WorkOn(string batchId) => WorkRecord.ReadAll(_cluster.DataFolder, batchId);

    private void Retire(SiloProcess silo)
    {
        lock (_lock)
        {
            _retired.Add(silo);
        }
    }

    private bool IsRetired(SiloProcess silo)
    {
        lock (_lock)
        {
            return _retired.Contains(silo);
        }
    }

    private async Task<bool> IsWholeAsync()
    {
        var members = Members;
        if (members.Count != Size)
        {
            return false;
        }

        foreach (var member in members)
        {
            if (!await SeesJustAsync(member, members))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> SeesJustAsync(SiloProcess member, IReadOnlyList<SiloProcess> members)
    {
        try
        {
            var active = (await member.GetMembersAsync()).Where(seen => seen.Value == "Active").Select(seen => seen.Key);
            return active.ToHashSet().SetEquals(members.Select(other => other.Settings.SiloPort))
                && await member.GetAsync("/test/lease") == "held";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RunPlatformAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var ended in TakeEnded())
            {
                Interlocked.Increment(ref _deaths);
                _story?.Tell($"{Name(ended)} has ended");
                if (!IsRetired(ended))
                {
                    _story?.Tell($"the platform starts {Name(Launch())}");
                }
            }

            await Task.Delay(PlatformPause, TimeProvider.System, cancellationToken).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private List<SiloProcess> TakeEnded()
    {
        lock (_lock)
        {
            var ended = _members.FindAll(member => member.HasExited);
            _members.RemoveAll(ended.Contains);
            return ended;
        }
    }
}
