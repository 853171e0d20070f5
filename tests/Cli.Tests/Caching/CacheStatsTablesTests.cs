using Armature.Reporting;
using Spectre.Console;

namespace Armature.Caching;

public sealed class CacheStatsTablesTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "-", "-")]
    [InlineData(CacheTierState.Working, "working", "3")]
    [InlineData(CacheTierState.CatchingUp, "catching up (7 partitions)", "3")]
    [InlineData(CacheTierState.Away, "away since 2026-03-04 05:06:07Z", "3")]
    [InlineData(CacheTierState.Full, "full since 2026-03-04 05:06:07Z", "3")]
    public void OfSilos_WhatLiesBehind_IsInTheLastColumns(CacheTierState? state, string behind, string unsaved)
    {
        var tier = state is not { } known ? null : new CacheTierStatistics { Location = "redis", State = known, Since = Since, UnsavedKeys = 3, PartitionsFromMemory = 7 };

        var lines = Lines(CacheStatsTables.OfSilos([Silo("a", tier)]));

        lines[0].ShouldEndWith("BEHIND UNSAVED");
        lines[1].ShouldEndWith($"{behind} {unsaved}");
    }

    [Fact]
    public void OfCaches_SeveralSilos_AddsThemUpByName()
    {
        var lines = Lines(CacheStatsTables.OfCaches(
        [
            Silo("a", null, new NamedCacheStatistics("orders", 1, 2, 3, 4, 5), new NamedCacheStatistics("[users]", 10, 20, 30, 40, 50)),
            Silo("b", null, new NamedCacheStatistics("orders", 100, 200, 300, 4_000, 500)),
        ]));

        lines.ShouldBe(["CACHE ENTRIES BYTES EVICTED HITS MISSES", "[users] 30 40 50 10 20", "orders 303 4,004 505 101 202"]);
    }

    private static CacheSiloStatistics Silo(string name, CacheTierStatistics? tier, params NamedCacheStatistics[] caches) => new()
    {
        Silo = name, Partitions = 1, Entries = 2, Bytes = 3, MaxBytes = 4, Evicted = 5, Expired = 6, Caches = [.. caches], Tier = tier,
    };

    private static string[] Lines(Table table)
    {
        using var text = new StringWriter();
        ReportWriter.WriteTable(text, table);
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
