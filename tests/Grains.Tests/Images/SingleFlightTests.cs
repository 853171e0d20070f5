namespace Armature.Images;

public sealed class SingleFlightTests
{
    private readonly SingleFlight<string, int> _flights = new();
    private readonly TaskCompletionSource<int> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    [Fact]
    public async Task RunAsync_SameKeyAtOnce_WorksOnce()
    {
        var callers = Enumerable.Range(0, 10).Select(_ => _flights.RunAsync("a", WorkAsync, CancellationToken.None)).ToArray();
        _gate.SetResult(7);

        (await Task.WhenAll(callers)).ShouldAllBe(result => result == 7);
        _started.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_OtherKey_WorksToo()
    {
        var first = _flights.RunAsync("a", WorkAsync, CancellationToken.None);
        var second = _flights.RunAsync("b", WorkAsync, CancellationToken.None);
        _gate.SetResult(7);

        await Task.WhenAll(first, second);
        _started.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_AfterTheFirstEnded_WorksAgain()
    {
        _gate.SetResult(7);

        await _flights.RunAsync("a", WorkAsync, CancellationToken.None);
        await _flights.RunAsync("a", WorkAsync, CancellationToken.None);

        _started.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_OneOfTwoLeaves_TheOtherGetsItsResult()
    {
        using var leaving = new CancellationTokenSource();
        var first = _flights.RunAsync("a", WorkAsync, leaving.Token);
        var second = _flights.RunAsync("a", WorkAsync, CancellationToken.None);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        _gate.SetResult(7);

        (await second).ShouldBe(7);
        _started.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_AllLeave_TheWorkIsToldToStop()
    {
        using var leaving = new CancellationTokenSource();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var caller = _flights.RunAsync(
            "a",
            async token =>
            {
                try
                {
                    return await _gate.Task.WaitAsync(token);
                }
                catch (OperationCanceledException)
                {
                    stopped.SetResult();
                    throw;
                }
            },
            leaving.Token);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => caller);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_WorkFails_EveryCallerIsTold()
    {
        var callers = Enumerable.Range(0, 3).Select(_ => _flights.RunAsync("a", WorkAsync, CancellationToken.None)).ToArray();
        _gate.SetException(new ImageException(ImageErrorCodes.DecodeFailed, "Damaged."));

        foreach (var caller in callers)
        {
            (await Should.ThrowAsync<ImageException>(() => caller)).Code.ShouldBe(ImageErrorCodes.DecodeFailed);
        }
    }

    private Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        return _gate.Task.WaitAsync(cancellationToken);
    }
}
