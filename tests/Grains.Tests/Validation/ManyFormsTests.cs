using System.Globalization;
using Armature.Batching;
using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation;

/// <summary>Records through the engine: what comes back is what rules say of each, in the caller's order.</summary>
public sealed class ManyFormsTests : IAsyncLifetime
{
    private static readonly RuleSet<Form>[] Random = [.. Enumerable.Range(0, 12).Select(Make)];

    private static readonly Gen<Form?> GenForm =
        from name in Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['a', 'c'], 0, 5].Select(text => (string?)text))
        from amount in Gen.Int[0, 5]
        from isNull in Gen.Int[0, 30]
        select isNull == 0 ? null : new Form(name, amount);

    private readonly Gate _gate = new();
    private ArmatureCluster? _cluster;

    private ValidationClient Validation => _cluster!.Client.Validation;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(3, services =>
    {
        foreach (var (i, rules) in Random.Index())
        {
            services.AddRuleSet($"random-{i}", rules);
        }

        services.AddRuleSet("gated", _ => RuleSet.For<Form>().Field(form => form.Name, f => f.MustAsync(async (_, token) =>
        {
            await _gate.PassAsync(token);
            return true;
        })));
        services.AddRuleSet("spoken", RuleSet.For<Form>().Field(form => form.Name, f => f.NotEmpty()), o => o.Messages = (code, culture) => $"{code} in '{culture.Name}'");
        services.AddRecordValidator<Form>("broken", _ => new BrokenValidator());
        services.AddRecordValidator<Form>("fragile", _ => new FragileValidator());
        services.AddRecordValidator<Form>("forgetful", _ => new ForgetfulValidator());
    });

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task ValidateManyAsync_AnyRulesAndRecords_ReportsWhatValidateAsyncDoes()
    {
        await Gen.Select(Gen.Int[0, Random.Length - 1], GenForm.Array[0, 400]).SampleAsync(
            async (set, forms) =>
            {
                var result = await Validation.ValidateManyAsync($"random-{set}", forms);

                result.State.ShouldBe(BatchState.Completed);
                result.Count.ShouldBe(forms.Length);
                foreach (var (i, form) in forms.Index())
                {
                    result[i].Index.ShouldBe(i);
                    result[i].Value.Failures.ShouldBe((await ExpectedAsync(Random[set], form)).Failures);
                }
            },
            iter: 40);
    }

    [Fact]
    public async Task StreamAsync_RecordsAsTheyAreMade_GivesEachItsReportOnce()
    {
        var forms = Enumerable.Range(0, 3_000).Select(i => new Form(new string('a', i % 7), i % 6)).ToArray();

        var items = await Validation.StreamAsync("random-3", forms.ToAsyncEnumerable()).ToListAsync();

        items.Select(item => item.Index).Order().ShouldBe(Enumerable.Range(0, forms.Length));
        foreach (var item in items)
        {
            item.Value.Failures.ShouldBe((await Random[3].ValidateAsync(forms[item.Index])).Failures);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task ValidateManyAsync_NoneOrOne_AnswersAsMany(int count) =>
        (await Validation.ValidateManyAsync("random-0", [.. Enumerable.Repeat(new Form("a"), count)])).Count.ShouldBe(count);

    [Fact]
    public async Task ValidateManyAsync_UnknownRules_SaysWhichThereAre()
    {
        var thrown = await Should.ThrowAsync<RuleSetException>(Validation.ValidateManyAsync("nothing", [new Form("a")]));

        thrown.RuleSet.ShouldBe("nothing");
        thrown.Message.ShouldBe($"No silo has rules 'nothing'. Registered: broken, forgetful, fragile, gated, {string.Join(", ", Enumerable.Range(0, 12).Select(i => $"random-{i}").Order(StringComparer.Ordinal))}, spoken. Register them with AddRuleSet on the silos.");
    }

    [Fact]
    public async Task ValidateManyAsync_OtherRecords_SaysWhatTheRulesAreFor()
    {
        var thrown = await Should.ThrowAsync<RuleSetException>(Validation.ValidateManyAsync("random-0", ["a text"]));

        thrown.Message.ShouldBe("Rules 'random-0' are for Armature.Validation.Form; the records are System.String.");
    }

    [Fact]
    public async Task ValidateManyAsync_NoName_IsRefused() => await Should.ThrowAsync<ArgumentException>(Validation.ValidateManyAsync("not a name", [new Form("a")]));

    [Fact]
    public async Task ValidateManyAsync_CallersLanguage_IsThatOfTheMessages()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new German();
            var result = await Validation.ValidateManyAsync("spoken", [new Form("")]);

            // A machine without languages takes the invariant one.
            result[0].Value.Failures[0].Message.ShouldBe($"not_empty in '{(CultureInfo.GetCultures(CultureTypes.AllCultures).Any(culture => culture.Name == "de-DE") ? "de-DE" : "")}'");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task ValidateManyAsync_TokenCancelled_CancelsTheBatch()
    {
        using var cancellation = new CancellationTokenSource();
        var validating = Validation.ValidateManyAsync("gated", [.. Enumerable.Repeat(new Form("a"), 100)], new() { Id = "leaving" }, cancellation.Token);
        await _gate.WaitForEnteredAsync(1);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(validating);
        await Eventually.BecomesTrueAsync(
            async () => (await _cluster!.Client.Batches.GetHandle<ReportChunk>("leaving").GetStatusAsync()).State == BatchState.Cancelled, "the batch is cancelled");
    }

    [Fact]
    public async Task ValidateManyAsync_BatchCancelled_SaysSoOfEveryRecordThatIsNotDone()
    {
        var validating = Validation.ValidateManyAsync("gated", [.. Enumerable.Repeat(new Form("a"), 100)], new() { Id = "cancelled" });
        await _gate.WaitForEnteredAsync(1);

        await _cluster!.Client.Batches.GetHandle<ReportChunk>("cancelled").CancelAsync();

        var result = await validating;
        result.State.ShouldBe(BatchState.Cancelled);
        result.Count.ShouldBe(100);
        result.ShouldAllBe(item => item.Error!.Code == ItemErrorCodes.Cancelled);
    }

    [Fact]
    public async Task ValidateManyAsync_ValidatorThrows_IsTheErrorOfItsRecords()
    {
        var result = await Validation.ValidateManyAsync("broken", [new Form("a"), new Form("b")], new() { MaxAttempts = 1 });

        result.Select(item => item.Error!.Code).ShouldBe([ItemErrorCodes.HandlerFailed, ItemErrorCodes.HandlerFailed]);
        result[0].Error!.Message.ShouldContain("no answer");
    }

    [Theory]
    [InlineData("throws", ItemErrorCodes.HandlerFailed, "NotSupportedException: no answer")]
    [InlineData("fails", "no_answer", "none")]
    public async Task ValidateManyAsync_ValidatorFailsWithSomeRecords_IsTheirErrorAlone(string name, string code, string message)
    {
        var forms = Enumerable.Range(0, 1_500).Select(i => new Form(i % 500 == 499 ? name : i % 7 == 0 ? "wrong" : "right")).ToArray();

        var result = await Validation.ValidateManyAsync("fragile", forms);

        foreach (var item in result)
        {
            switch (forms[item.Index].Name)
            {
                case "right":
                    item.Value.IsValid.ShouldBeTrue();
                    break;
                case "wrong":
                    item.Value.Failures.Single().Code.ShouldBe("wrong");
                    break;
                default:
                    (item.Error!.Code, item.Error.Message).ShouldBe((code, message));
                    break;
            }
        }
    }

    [Fact]
    public async Task ValidateManyAsync_ValidatorGivesTooFewReports_IsAnErrorOfTheRecordsItForgets()
    {
        var forms = Enumerable.Range(0, 300).Select(i => new Form(i % 100 == 99 ? "forgotten" : "seen")).ToArray();

        var result = await Validation.ValidateManyAsync("forgetful", forms);

        result.Where(static item => !item.IsSuccess).Select(static item => (item.Index, item.Error!.Code))
            .ShouldBe([(99, RecordErrorCodes.ReportsMissing), (199, RecordErrorCodes.ReportsMissing), (299, RecordErrorCodes.ReportsMissing)]);
    }

    [Fact]
    public async Task ValidateManyAsync_UnknownRulesForNoRecords_SaysSo() =>
        (await Should.ThrowAsync<RuleSetException>(Validation.ValidateManyAsync<Form>("nothing", []))).RuleSet.ShouldBe("nothing");

    [Fact]
    public async Task ValidateManyAsync_SiloStopsMidway_ReportsAllTheSame()
    {
        var forms = Enumerable.Range(0, 2_000).Select(i => new Form($"form {i}")).ToArray();
        var validating = Validation.ValidateManyAsync("gated", forms);
        await _gate.WaitForEnteredAsync(30);

        await _cluster!.Cluster.KillSiloAsync(_cluster.Cluster.Silos.First(silo => !HasCoordinator(silo)));
        _gate.Open();

        (await validating).ShouldAllBe(item => item.IsSuccess && item.Value.IsValid);

        static bool HasCoordinator(Orleans.TestingHost.InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<BatchTable>().Running > 0;
    }

    [Fact]
    public async Task ValidateManyAsync_RulesAsAnObject_RunHere()
    {
        var reports = await Validation.ValidateManyAsync(Random[1], [new Form("abc", 4), new Form(null)]);

        reports[1].Failures.ShouldBe((await Random[1].ValidateAsync(new Form(null))).Failures);
    }

    private static async Task<ValidationReport> ExpectedAsync(RuleSet<Form> rules, Form? form) => form is null ? ValidationReport.OfNothing(new()) : await rules.ValidateAsync(form);

    private static RuleSet<Form> Make(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 6).Aggregate(RuleSet.For<Form>(), (set, place) =>
        {
            var number = random.Next(5);
            return random.Next(seed % 2 == 0 ? 4 : 6) switch
            {
                0 => set.Field(form => form.Name, f => f.NotEmpty().MinLength(number)),
                1 => set.Field(form => form.Amount, f => f.Max(number).WithCode($"max_{place}")),
                2 => set.When(form => form.Amount > number, some => some.Field(form => form.Name, f => f.Required().MaxLength(number))),
                3 => set.Field(form => form.Name, f => f.Must(name => name?.Length == number ? throw new InvalidOperationException() : true)),
                4 => set.Field(form => form.Amount, f => f.MustAsync(async (amount, _) =>
                {
                    await Task.Yield();
                    return amount != number;
                })),
                _ => set.Field(form => form.Name, f => f.Cascade(ValidationCascade.Stop).Required().MustAsync((name, _) => Task.FromResult(name!.Length > number)).Alpha()),
            };
        });
    }

    private sealed class German() : CultureInfo("")
    {
        public override string Name => "de-DE";
    }

    private sealed class BrokenValidator : IRecordValidator<Form>
    {
        public ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<Form> records, RecordContext context, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no answer");
    }

    private sealed class FragileValidator : IRecordValidator<Form>
    {
        public ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<Form> records, RecordContext context, CancellationToken cancellationToken) => new([.. records.Select(static form => form.Name switch
        {
            "throws" => throw new NotSupportedException("no answer"),
            "fails" => throw new BatchItemException("no_answer", "none"),
            "wrong" => new ValidationReport { Failures = [new() { Path = "name", Code = "wrong", Message = "no" }] },
            _ => ValidationReport.Clean,
        })]);
    }

    private sealed class ForgetfulValidator : IRecordValidator<Form>
    {
        public ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<Form> records, RecordContext context, CancellationToken cancellationToken) =>
            new([.. records.Where(static form => form.Name != "forgotten").Select(static _ => ValidationReport.Clean)]);
    }
}
