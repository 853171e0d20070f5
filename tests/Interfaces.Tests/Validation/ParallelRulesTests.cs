using Armature.Testing;
using CsCheck;

namespace Armature.Validation;

public sealed class ParallelRulesTests
{
    private static readonly Gen<Func<IFieldRules<Order, string?>, IFieldRules<Order, string?>>> GenRule = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 4], (kind, number) => Make(kind, number));

    private static readonly Gen<RuleSet<Order>> GenSet =
        from fields in Gen.Select(GenRule.Array[0, 4], Gen.Bool, Gen.Int[0, 3], (rules, stops, place) => (rules, stops, place)).Array[0, 6]
        select fields.Aggregate(RuleSet.For<Order>(), (set, field) => Add(set, field.rules, field.stops, field.place));

    private static readonly Gen<Order> GenOrder =
        from texts in Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['a', 'c'], 0, 4].Select(text => (string?)text)).Array[4]
        from amount in Gen.Int[0, 5]
        select new Order(texts[0], amount, texts[1]) { Tags = texts[2] is null ? null : [texts[2]!, texts[3] ?? ""], Previous = new(texts[3]) };

    [Fact]
    public async Task ValidateParallelAsync_AnyRulesAndObjects_ReportsWhatValidateAsyncDoes()
    {
        await Gen.Select(GenSet, GenOrder, Gen.Int[1, 4]).SampleAsync(async (rules, order, places) =>
        {
            var expected = await rules.ValidateAsync(order);
            var report = await rules.ValidateParallelAsync(order, new() { MaxConcurrency = places });

            report.Failures.ShouldBe(expected.Failures);
            if (!rules.IsAsync)
            {
                rules.Validate(order).Failures.ShouldBe(expected.Failures);
            }
        });
    }

    [Fact]
    public async Task ValidateParallelAsync_RulesThatWait_RunAtOnceAndReportInTheirOrder()
    {
        var gates = Enumerable.Range(0, 10).Select(_ => new Gate()).ToArray();
        var rules = RuleSet.For<Order>();
        foreach (var (i, gate) in gates.Index())
        {
            rules = rules.Field(order => order.Email, f => f.MustAsync(
                async (_, token) =>
                {
                    await gate.PassAsync(token);
                    return false;
                },
                $"rule_{i}"));
        }

        var validating = rules.ValidateParallelAsync(new()).AsTask();
        foreach (var gate in gates.Reverse())
        {
            await gate.WaitForEnteredAsync(1);
            gate.Open();
        }

        (await validating).Failures.Select(failure => failure.Code).ShouldBe(Enumerable.Range(0, 10).Select(i => $"rule_{i}"));
    }

    [Fact]
    public async Task ValidateParallelAsync_MoreRulesThanAllowed_KeepsToTheBound()
    {
        var (running, most) = (0, 0);
        var rules = RuleSet.For<Order>().Field(order => order.Email, f =>
        {
            for (var i = 0; i < 40; i++)
            {
                f.MustAsync(async (_, _) =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref running));
                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                    return true;
                });
            }
        });

        await rules.ValidateParallelAsync(new(), new() { MaxConcurrency = 3 });

        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task ValidateParallelAsync_CascadeStops_AsksNoFurther()
    {
        var asked = new List<string>();
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Cascade(ValidationCascade.Stop).MustAsync(Say("first", false), "first").MustAsync(Say("second", true), "second"));

        var report = await rules.ValidateParallelAsync(new());

        report.Failures.ShouldHaveSingleItem().Code.ShouldBe("first");
        asked.ShouldBe(["first"]);

        Func<string?, CancellationToken, Task<bool>> Say(string name, bool passes) => async (_, _) =>
        {
            asked.Add(name);
            await Task.Yield();
            return passes;
        };
    }

    [Fact]
    public async Task ValidateParallelAsync_OnlyQuickRules_StaysOnTheThread()
    {
        var threads = new List<int>();
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Must(_ =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return true;
        }).Email());

        var validating = rules.ValidateParallelAsync(new());

        validating.IsCompletedSuccessfully.ShouldBeTrue();
        (await validating).IsValid.ShouldBeTrue();
        threads.ShouldBe([Environment.CurrentManagedThreadId]);
    }

    [Fact]
    public async Task ValidateParallelAsync_SlowRules_RunAtOnce()
    {
        using var both = new Barrier(2);
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Must(Meet).Slow().Must(Meet).Slow());

        // Each waits until the other runs too: one after the other they would never end.
        (await Task.Run(async () => await rules.ValidateParallelAsync(new())).WaitAsync(TimeSpan.FromSeconds(60))).IsValid.ShouldBeTrue();

        bool Meet(string? email) => both.SignalAndWait(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Validate_Cancelled_Ends(bool isParallel)
    {
        using var cancellation = new CancellationTokenSource();
        var gate = new Gate();
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.MustAsync(async (_, token) =>
        {
            await gate.PassAsync(token);
            return true;
        }));

        var validating = isParallel ? rules.ValidateParallelAsync(new(), null, cancellation.Token).AsTask() : rules.ValidateAsync(new(), null, cancellation.Token).AsTask();
        await gate.WaitForEnteredAsync(1);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(validating);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Validate_RuleIsCancelledByItself_IsThatRulesFailure(bool isParallel)
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.MustAsync((_, _) => throw new TaskCanceledException(), "slow_service"));

        var report = isParallel ? await rules.ValidateParallelAsync(new()) : await rules.ValidateAsync(new());

        report.Failures.ShouldHaveSingleItem().Code.ShouldBe("slow_service");
    }

    [Fact]
    public async Task ValidateParallelAsync_NoPlaces_SaysSo() => await Should.ThrowAsync<ArgumentOutOfRangeException>(
        RuleSet.For<Order>().ValidateParallelAsync(new(), new() { MaxConcurrency = 0 }).AsTask());

    private static Func<IFieldRules<Order, string?>, IFieldRules<Order, string?>> Make(int kind, int number) => kind switch
    {
        0 => f => f.NotEmpty(),
        1 => f => f.MinLength(number),
        2 => f => f.Must(text => text?.Length != number, $"not_{number}").Slow(),
        3 => f => f.MustAsync((text, _) => Task.FromResult(text?.Length != number), $"quick_{number}"),
        4 => f => f.MustAsync(
            async (text, _) =>
            {
                for (var i = 0; i < number; i++)
                {
                    await Task.Yield();
                }

                return text?.Length != number;
            },
            $"later_{number}"),
        5 => f => f.MustAsync((text, _) => text?.Length == number ? throw new InvalidOperationException() : Task.FromResult(true), $"throws_{number}"),
        6 => f => f.Must(text => text?.Length == number ? throw new InvalidOperationException() : true, $"throws_now_{number}"),
        7 => f => f.ReadAs<int>(read => read.MustAsync(async (value, _) =>
        {
            await Task.Yield();
            return value == number;
        })),
        _ => f => f.When(order => order.Amount > number),
    };

    private static RuleSet<Order> Add(RuleSet<Order> set, Func<IFieldRules<Order, string?>, IFieldRules<Order, string?>>[] rules, bool stops, int place)
    {
        return place switch
        {
            0 => set.Field(order => order.Email, AddAll),
            1 => set.Field(order => order.Password, AddAll),
            2 => set.Nested(order => order.Previous, RuleSet.For<Order>().Field(order => order.Email, AddAll)),
            _ => set.When(order => order.Amount > 2, some => some.Field(order => order.Repeated, AddAll)).Each(order => order.Tags, tag => tag.MinLength(1).MustAsync((text, _) => Task.FromResult(text!.Length > 1))),
        };

        void AddAll(IFieldRules<Order, string?> field)
        {
            field.Cascade(stops ? ValidationCascade.Stop : ValidationCascade.Continue);
            Array.ForEach(rules, rule => rule(field));
        }
    }
}
