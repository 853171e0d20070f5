using Armature.Clustering;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

/// <summary>A cache over silos that come and go, beside a dictionary that knows what it must give.</summary>
internal sealed class RoutingPlay
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeCacheCluster _cluster;
    private readonly Dictionary<string, (byte[] Value, DateTimeOffset ExpiresAt, TimeSpan StaleFor)> _model = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly HashSet<string> _uncertain = [];
    private int _written;

    public RoutingPlay()
    {
        _cluster = new(_time);
        _cluster.Join();
    }

    public Task DoAsync(RoutingStep step)
    {
        var silo = _cluster.Living[step.Silo % _cluster.Living.Count];
        return step.Act switch
        {
            RoutingAct.Set => SetAsync(silo, step),
            RoutingAct.Get => GetAsync(silo, step.Keys),
            RoutingAct.Make => LoadAsync(silo, step, isMade: true),
            RoutingAct.FailToMake => LoadAsync(silo, step, isMade: false),
            RoutingAct.Delete => DeleteAsync(silo, step.Keys),
            RoutingAct.Expire => ExpireAsync(silo, step),
            RoutingAct.Invalidate => InvalidateAsync(silo, step.Keys[0]),
            RoutingAct.Sweep => SweepAsync(silo),
            RoutingAct.Join => JoinAsync(),
            RoutingAct.Leave when _cluster.Living.Count > 1 => _cluster.LeaveAsync(silo),
            RoutingAct.Kill when _cluster.Living.Count > 1 => KillAsync(silo),
            RoutingAct.Freeze when _cluster.Living.Count > 1 => FreezeAsync(silo, step.Keys),
            _ => AdvanceAsync(TimeSpan.FromMilliseconds(step.Milliseconds)),
        };
    }

    public Task CheckAllAsync() => GetAsync(_cluster.Living[0], [.. _model.Keys]);

    private async Task SetAsync(FakeCacheSilo silo, RoutingStep step)
    {
        var pairs = step.Keys.Select(key => (key, BitConverter.GetBytes(++_written))).ToArray();
        var reply = await silo.Router.CallAsync(CacheRequests.Set(pairs, new CacheExpiry(step.Milliseconds, IsSliding: false)), CancellationToken.None);
        for (var i = 0; i < pairs.Length; i++)
        {
            var (key, value) = pairs[i];
            reply.Outcomes[i].ShouldBe(CacheOutcome.Done);
            reply.Versions![i].ShouldBeGreaterThan(_versions.GetValueOrDefault(key));
            _versions[key] = reply.Versions[i];
            _model[key] = (value, _time.GetUtcNow().AddMilliseconds(step.Milliseconds), TimeSpan.Zero);
            _uncertain.Remove(key);
        }
    }

    private async Task GetAsync(FakeCacheSilo silo, string[] keys)
    {
        var reply = await silo.Router.CallAsync(CacheRequests.Get(keys), CancellationToken.None);
        for (var i = 0; i < keys.Length; i++)
        {
            if (reply.Outcomes[i] == CacheOutcome.Done)
            {
                reply.Values![i].ToArray().ShouldBe(Expected(keys[i]));
                reply.Versions![i].ShouldBe(_versions[keys[i]]);
            }
            else
            {
                reply.Outcomes[i].ShouldBe(CacheOutcome.Missing);
                CheckMissing(keys[i]);
            }
        }
    }

    private async Task LoadAsync(FakeCacheSilo silo, RoutingStep step, bool isMade)
    {
        string[] keys = [.. step.Keys.Distinct()];
        var reply = await silo.Router.CallAsync(CacheRequests.LoadStale(++_written, StaleUse.LastResort, keys), CancellationToken.None);
        for (var i = 0; i < keys.Length; i++)
        {
            switch (reply.Outcomes[i])
            {
                case CacheOutcome.Done:
                    reply.Values![i].ToArray().ShouldBe(Expected(keys[i]));
                    continue;
                case CacheOutcome.GrantedOverStale:
                    reply.Values![i].ToArray().ShouldBe(ExpectedStale(keys[i]));
                    break;
                default:
                    reply.Outcomes[i].ShouldBe(CacheOutcome.Granted);
                    (ExpectedStale(keys[i]) is null || _uncertain.Contains(keys[i])).ShouldBeTrue($"The expired {keys[i]} was lost without reason.");
                    CheckMissing(keys[i]);
                    break;
            }

            await (isMade ? MakeAsync(silo, keys[i], reply.Tokens![i], step.Milliseconds) : FailAsync(silo, keys[i], reply.Tokens![i]));
        }
    }

    private async Task MakeAsync(FakeCacheSilo silo, string key, long token, long milliseconds)
    {
        var value = BitConverter.GetBytes(++_written);
        var staleSeconds = (int)(milliseconds % 4);
        var completed = await silo.Router.CallAsync(CacheRequests.Complete(key, token, value, new(milliseconds, IsSliding: false), staleSeconds), CancellationToken.None);
        var read = await silo.Router.CallAsync(CacheRequests.Get(key), CancellationToken.None);

        completed.Outcomes.ShouldBe([CacheOutcome.Done]);
        read.Values![0].ToArray().ShouldBe(value);
        read.Versions![0].ShouldBeGreaterThan(_versions.GetValueOrDefault(key));
        _versions[key] = read.Versions[0];
        _model[key] = (value, _time.GetUtcNow().AddMilliseconds(milliseconds), TimeSpan.FromSeconds(staleSeconds));
        _uncertain.Remove(key);
    }

    private static async Task FailAsync(FakeCacheSilo silo, string key, long token)
    {
        var failed = await silo.Router.CallAsync(CacheRequests.Report(CacheOperation.FailLoad, key, token, new ItemError("down", "It is down.")), CancellationToken.None);
        failed.Outcomes.ShouldBe([CacheOutcome.Done]);
    }

    private void CheckMissing(string key)
    {
        if (Expected(key) is not null)
        {
            _uncertain.ShouldContain(key, $"{key} was lost without reason.");
            _model.Remove(key);
        }
    }

    private async Task DeleteAsync(FakeCacheSilo silo, string[] keys)
    {
        var reply = await silo.Router.CallAsync(CacheRequests.Delete(keys), CancellationToken.None);
        for (var i = 0; i < keys.Length; i++)
        {
            CheckOutcome(keys[i], reply.Outcomes[i]);
            _model.Remove(keys[i]);
        }
    }

    private async Task ExpireAsync(FakeCacheSilo silo, RoutingStep step)
    {
        var reply = await silo.Router.CallAsync(CacheRequests.Expire(new(step.Milliseconds, IsSliding: false), step.Keys), CancellationToken.None);
        for (var i = 0; i < step.Keys.Length; i++)
        {
            CheckOutcome(step.Keys[i], reply.Outcomes[i]);
            if (reply.Outcomes[i] == CacheOutcome.Done)
            {
                _model[step.Keys[i]] = _model[step.Keys[i]] with { ExpiresAt = _time.GetUtcNow().AddMilliseconds(step.Milliseconds) };
            }
        }
    }

    private async Task InvalidateAsync(FakeCacheSilo silo, string key)
    {
        var reply = await silo.Router.CallAsync(CacheRequests.Invalidate(CacheSelectionKind.Pattern, $"{key}*"), CancellationToken.None);
        reply.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
        foreach (var gone in _model.Keys.Where(other => other.StartsWith(key, StringComparison.Ordinal)).ToList())
        {
            _model.Remove(gone);
        }
    }

    private static Task SweepAsync(FakeCacheSilo silo)
    {
        silo.Sweep.Run();
        return Task.CompletedTask;
    }

    private void CheckOutcome(string key, CacheOutcome outcome)
    {
        if (!_uncertain.Contains(key))
        {
            outcome.ShouldBe(Expected(key) is null ? CacheOutcome.Missing : CacheOutcome.Done);
        }
    }

    private Task JoinAsync()
    {
        _cluster.Join();
        return _cluster.SettleAsync();
    }

    private async Task KillAsync(FakeCacheSilo silo)
    {
        Lose(_cluster.Bury(silo));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    private async Task FreezeAsync(FakeCacheSilo silo, string[] keys)
    {
        await AdvanceAsync(TimeSpan.FromSeconds(3), silo);
        Lose(_cluster.Bury(silo));

        Should.Throw<MembershipStaleException>(() => silo.Node.Answer(CacheRequests.Get(keys), long.MaxValue));
    }

    private Task AdvanceAsync(TimeSpan span, FakeCacheSilo? frozen = null)
    {
        _time.Advance(span);
        foreach (var silo in _cluster.Living.Where(silo => silo != frozen))
        {
            silo.Renew();
        }

        return Task.CompletedTask;
    }

    private void Lose(IReadOnlyList<int> partitions) =>
        _uncertain.UnionWith(_model.Keys.Where(key => partitions.Contains(FakeCacheCluster.PartitionOf(key))));

    private byte[]? Expected(string key) =>
        _model.TryGetValue(key, out var entry) && entry.ExpiresAt > _time.GetUtcNow() ? entry.Value : null;

    private byte[]? ExpectedStale(string key) =>
        Expected(key) is null && _model.TryGetValue(key, out var entry) && entry.ExpiresAt + entry.StaleFor > _time.GetUtcNow() ? entry.Value : null;
}
