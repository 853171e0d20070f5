using Armature.Testing;
using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Caching;

/// <summary>Clients that are killed or frozen while they make values which others wait for. Real processes.</summary>
public sealed class LoadingClientTests : IAsyncLifetime
{
    private const int Count = 40;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    private static readonly string[] Keys = LoadingClient.Keys(Count);

    private SiloCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CacheClient<string> Cache => _cluster.Client.GetRequiredService<ArmatureClient>().Cache<string>("texts");

    private string NoFile => Path.Combine(_cluster.DataFolder, "never");

    public async ValueTask InitializeAsync() =>
        _cluster = await SiloCluster.StartAsync(silos: 2, new Dictionary<string, string> { ["Caching:LoadLease"] = "00:00:10" });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Kill_ClientThatMakesValues_OneOfThoseWhoWaitMakesEachOfThem()
    {
        var loader = await LaunchAsync("first", NoFile);
        var waiters = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => BeginAsync($"waiter {i}", Keys)));

        waiters.ShouldAllBe(waiter => waiter.Made.Count == 0);
        loader.Kill();
        Array.ForEach(waiters, waiter => waiter.LetGo());

        var results = await Task.WhenAll(waiters.Select(waiter => waiter.Result)).WaitAsync(Bound, Cancel);
        waiters.SelectMany(waiter => waiter.Made).Order().ShouldBe(Keys.Order());
        results.ShouldAllBe(entries => entries.Length == Count && entries.All(entry => entry.HasValue));
        for (var i = 0; i < Count; i++)
        {
            var maker = Array.FindIndex(waiters, waiter => waiter.Made.Contains(Keys[i]));
            results.ShouldAllBe(entries => entries[i].Value == $"of waiter {maker}");
        }
    }

    [Fact]
    public async Task Kill_ClientThatMakesValues_AnotherProcessMakesThem()
    {
        var loader = await LaunchAsync("first", NoFile);
        var next = Launch("second", MakeFile());

        loader.Kill();
        await next.WaitForExitAsync(Cancel).WaitAsync(Bound, Cancel);

        Keys.ShouldAllBe(key => next.Output.Contains(LoadingClient.Making(key)) && next.Output.Contains(LoadingClient.Got(key, "second")));
        (await Cache.GetManyAsync(Keys, Cancel)).ShouldAllBe(entry => entry.Value == "second");
    }

    [Fact]
    public async Task Freeze_ClientThatMakesValuesUntilOthersHave_WhatItGivesLateIsRefused()
    {
        var file = Path.Combine(_cluster.DataFolder, "frozen");
        var loader = await LaunchAsync("late", file);
        loader.Freeze();
        var done = await BeginAsync("done", Keys[..(Count / 2)]);
        var atIt = await BeginAsync("at it", Keys[(Count / 2)..]);
        await Eventually.BecomesTrueAsync(() => done.Made.Count + atIt.Made.Count == Count, "others make what the frozen client was to make");
        done.LetGo();
        await done.Result.WaitAsync(Bound, Cancel);

        await File.WriteAllTextAsync(file, "", Cancel);
        loader.Thaw();
        await loader.WaitForExitAsync(Cancel).WaitAsync(Bound, Cancel);
        atIt.LetGo();
        await atIt.Result.WaitAsync(Bound, Cancel);

        Keys.ShouldAllBe(key => loader.Output.Contains(LoadingClient.Got(key, "late")));
        (await Cache.GetManyAsync(Keys, Cancel)).Select(entry => entry.Value)
            .ShouldBe([.. Enumerable.Repeat("of done", Count / 2), .. Enumerable.Repeat("of at it", Count / 2)]);
    }

    private Task<LoadWaiter> BeginAsync(string name, string[] keys) => LoadWaiter.BeginAsync(Cache, keys, name, $"of {name}", Cancel);

    private async Task<SiloProcess> LaunchAsync(string value, string file)
    {
        var loader = Launch(value, file);
        await Eventually.BecomesTrueAsync(() => Keys.All(key => loader.Output.Contains(LoadingClient.Making(key))), "the client makes all keys");
        return loader;
    }

    private SiloProcess Launch(string value, string file) => _cluster.LaunchSilo(
        _cluster.NewMember() with { Arguments = [LoadingClient.Argument, "texts", $"{Count}", value, file] });

    private string MakeFile()
    {
        var path = Path.Combine(_cluster.DataFolder, "go");
        File.WriteAllText(path, "");
        return path;
    }
}
