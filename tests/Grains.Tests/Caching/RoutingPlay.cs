using Armature.Caching.Tier;
using Armature.Clustering;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

/// <summary>A cache over silos that come and go, beside a dictionary that knows what it must give.</summary>
/// <remarks>With a tier nothing is lost when a silo dies. Once the tier was away, anything may be missing, for a while or for ever.</remarks>
internal sealed class RoutingPlay
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeCacheCluster _cluster;
    private readonly Dictionary<string, (byte[] Value, DateTimeOffset ExpiresAt, TimeSpan StaleFor)> _model = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly HashSet<string> _uncertain = [];
    private readonly FakeCacheTier? _tier;
    private bool _wasAway;
    private int _written;

    public RoutingPlay(bool isTiered = false)
    {
        _tier = isTiered ? new(_time) : null;
        _cluster = new(_time, _tier);
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
            RoutingAct.Forget => ForgetAsync(silo),
            RoutingAct.CutTier => CutAsync(_cluster.Living),
            RoutingAct.CutOneFromTier => CutAsync([silo]),
            RoutingAct.HealTier => HealAsync(),
            RoutingAct.RestartTier => RestartTierAsync(),
            RoutingAct.DeliverLate => DeliverLateAsync(),
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
                    (ExpectedStale(keys[i]) is null || _tier is not null || _uncertain.Contains(keys[i])).ShouldBeTrue($"The expired {keys[i]} was lost without reason.");
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
            IsUncertain(key).ShouldBeTrue($"{key} was lost without reason.");
            if (!_wasAway)
            {
                _model.Remove(key);
            }
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
        if (!IsUncertain(key))
        {
            outcome.ShouldBe(Expected(key) is null ? CacheOutcome.Missing : CacheOutcome.Done);
        }
    }

    private async Task JoinAsync()
    {
        _cluster.Join();
        await _cluster.SettleAsync();
        await KeepAsync();
    }

    private async Task KillAsync(FakeCacheSilo silo)
    {
        Lose(_cluster.Bury(silo));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await (_tier is null ? Task.CompletedTask : CheckAllAsync());
    }

    private async Task FreezeAsync(FakeCacheSilo silo, string[] keys)
    {
        await AdvanceAsync(TimeSpan.FromSeconds(3), silo);
        Lose(_cluster.Bury(silo));

        Should.Throw<MembershipStaleException>(() => silo.Node.Answer(CacheRequests.Get(keys), long.MaxValue));
        if (_tier is not null && !_wasAway)
        {
            // Once others have its partitions, what it writes must not come up.
            string[] all = [.. _model.Keys.Union(keys)];
            await GetAsync(_cluster.Living[0], all);
            var late = CacheRequests.Set([.. all.Select(key => (key, new byte[] { 0 }))]);
            await Should.ThrowAsync<MembershipStaleException>(async () => await silo.Node.AnswerAsync(late, long.MaxValue, CancellationToken.None));
        }
    }

    private static Task ForgetAsync(FakeCacheSilo silo)
    {
        silo.Holdings.Held.ToList().ForEach(silo.Store.Drop);
        return Task.CompletedTask;
    }

    private Task CutAsync(IReadOnlyList<FakeCacheSilo> silos)
    {
        _wasAway = true;
        _tier!.Save();
        silos.ToList().ForEach(silo => silo.TierAccess!.IsCut = true);
        return Task.CompletedTask;
    }

    private async Task HealAsync()
    {
        _cluster.Living.ToList().ForEach(silo => silo.TierAccess!.IsCut = false);
        await KeepAsync();
    }

    private Task RestartTierAsync()
    {
        _wasAway = true;
        _tier!.Restart();
        return Task.CompletedTask;
    }

    private Task DeliverLateAsync()
    {
        _tier!.DeliverLate();
        return Task.CompletedTask;
    }

    private async Task KeepAsync()
    {
        foreach (var silo in _cluster.Living)
        {
            await (silo.Tier?.KeepAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
    }

    private bool IsUncertain(string key) => _wasAway || _uncertain.Contains(key);

    private async Task AdvanceAsync(TimeSpan span, FakeCacheSilo? frozen = null)
    {
        _time.Advance(span);
        foreach (var silo in _cluster.Living.Where(silo => silo != frozen))
        {
            silo.Renew();
            await (silo.Tier?.KeepAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
    }

    private void Lose(IReadOnlyList<int> partitions)
    {
        if (_tier is null)
        {
            _uncertain.UnionWith(_model.Keys.Where(key => partitions.Contains(FakeCacheCluster.PartitionOf(key))));
        }
    }

    private byte[]? Expected(string key) =>
        _model.TryGetValue(key, out var entry) && entry.ExpiresAt > _time.GetUtcNow() ? entry.Value : null;

    private byte[]? ExpectedStale(string key) =>
        Expected(key) is null && _model.TryGetValue(key, out var entry) && entry.ExpiresAt + entry.StaleFor > _time.GetUtcNow() ? entry.Value : null;
}
