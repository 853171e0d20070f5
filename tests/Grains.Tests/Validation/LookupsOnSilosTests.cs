using System.Collections.Concurrent;
using Armature.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation;

/// <summary>Lookups of records that are checked on three silos.</summary>
public sealed class LookupsOnSilosTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private Gate? _gate;
    private ArmatureCluster? _cluster;
    private bool _isDown;

    private ValidationClient Validation => _cluster!.Client.Validation;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ArmatureCluster.StartAsync(3, services => services
            .AddLookup<string>("countries", FindAsync, o => (o.MaxValues, o.MaxAttempts, o.Backoff) = (50, 2, TimeSpan.Zero))
            .AddRuleSet("form", RuleSet.For<Form>().Field(form => form.Country, f => f.MustExistIn("countries")))
            .AddRuleSet("lost", RuleSet.For<Form>().Field(form => form.Country, f => f.MustExistIn("planets"))));
    }

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task ValidateManyAsync_ManyRecords_AsksForEachValueOnceInTheWholeCluster()
    {
        var forms = Enumerable.Range(0, 5_000).Select(i => new Form("a", i, i % 10 == 0 ? null : $"c{i % 1_000}")).ToArray();

        var result = await Validation.ValidateManyAsync("form", forms);

        foreach (var (i, form) in forms.Index())
        {
            result[i].Value.IsValid.ShouldBe(form.Country is null || IsCountry(form.Country));
        }

        _asked.ShouldBeUnique();
        _asked.Count.ShouldBe(900);
    }

    [Fact]
    public async Task ValidateManyAsync_AnotherCall_AsksAgain()
    {
        await Validation.ValidateManyAsync("form", [new Form("a", 1, "c1")]);
        await Validation.ValidateManyAsync("form", [new Form("a", 1, "c1")]);

        _asked.ShouldBe(["c1", "c1"]);
    }

    [Fact]
    public async Task ValidateManyAsync_LookupFails_SaysSoOfTheRecords()
    {
        _isDown = true;

        var result = await Validation.ValidateManyAsync("form", [new Form("a", 1, "c1"), new Form("a", 1, "c2"), new Form("a")]);

        result[0].Value.Failures.ShouldHaveSingleItem().ToString().ShouldBe("country: lookup_failed: country could not be checked: the lookup countries failed.");
        result[1].Value.Failures.ShouldHaveSingleItem().Exception.ShouldBe("System.IO.IOException");
        result[2].Value.IsValid.ShouldBeTrue();
        _asked.Count.ShouldBe(4);
    }

    [Fact]
    public async Task ValidateManyAsync_LookupIsNotRegistered_IsTheErrorOfTheRecords()
    {
        var result = await Validation.ValidateManyAsync("lost", [new Form("a", 1, "c1")]);

        result[0].Error!.Code.ShouldBe(RecordErrorCodes.LookupNotFound);
        result[0].Error!.Message.ShouldContain("'planets'");
        result[0].Error!.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task ValidateManyAsync_SiloDiesWhileItAsks_ReportsAllTheSame()
    {
        _gate = new();
        var forms = Enumerable.Range(0, 1_000).Select(i => new Form("a", i, $"c{i}")).ToArray();
        var validating = Validation.ValidateManyAsync("form", forms);
        await _gate.WaitForEnteredAsync(4);

        await _cluster!.Cluster.KillSiloAsync(_cluster.Cluster.Silos.First(silo => silo.ServiceProvider.GetRequiredService<Armature.Batching.BatchTable>().Running == 0));
        _gate.Open();

        (await validating).Select(item => item.Value.IsValid).ShouldBe(forms.Select(form => IsCountry(form.Country!)));
    }

    private static bool IsCountry(string value) => value.Length % 2 == 0;

    private async ValueTask<IReadOnlySet<string>> FindAsync(IServiceProvider services, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            _asked.Enqueue(value);
        }

        await (_gate?.PassAsync(cancellationToken) ?? Task.CompletedTask);
        return _isDown ? throw new IOException("no connection") : values.Where(IsCountry).ToHashSet();
    }
}
