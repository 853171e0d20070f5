using Armature.Testing;
using CsCheck;

namespace Armature.Validation;

public sealed class ParallelRulesTests
{
    [Fact]
    public async Task ValidateParallelAsync_AnyRulesAndObjects_ReportsWhatValidateAsyncDoes()
    {
        await Gen.Select(RandomRules.GenSet, RandomRules.GenOrder, Gen.Int[1, 4]).SampleAsync(async (rules, order, places) =>
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
}
