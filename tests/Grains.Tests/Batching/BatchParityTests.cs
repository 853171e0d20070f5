using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>A batch on a cluster gives what a plain loop gives, in the same order.</summary>
public sealed class BatchParityTests(BatchParityTests.Cluster fixture) : IClassFixture<BatchParityTests.Cluster>
{
    private const int BadItem = 13;

    public static TheoryData<string> Handlers => new("square", "square-cpu");

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task RunAsync_RandomItems_EqualsSequential(string handler)
    {
        var lists = Gen.Int[-20, 20].List[0, 400];

        await lists.SampleAsync(
            async items =>
            {
                var result = await fixture.Client.Batches.RunAsync<int, long>(handler, items);

                result.Select(Describe).ShouldBe(items.Select(Sequential));
                result.Failed.ShouldBe(items.Count(item => item == BadItem));
                return true;
            },
            iter: 30,
            threads: 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task RunAsync_ByCount_KeepsOrderAndLength(int count)
    {
        var items = Enumerable.Range(100, count).ToArray();

        var result = await fixture.Client.Batches.RunAsync<int, long>("square", items);

        result.Select(item => item.Value).ShouldBe(items.Select(item => (long)item * item));
    }

    [Fact]
    public async Task StreamAsync_RandomItems_GivesEachOnce()
    {
        await Gen.Int[-20, 20].List[0, 200].SampleAsync(
            async items =>
            {
                var seen = new List<BatchItem<long>>();
                await foreach (var item in fixture.Client.Batches.StreamAsync<int, long>("square", items.ToAsyncEnumerable()))
                {
                    seen.Add(item);
                }

                seen.OrderBy(item => item.Index).Select(Describe).ShouldBe(items.Select(Sequential));
                return true;
            },
            iter: 15,
            threads: 2);
    }

    [Fact]
    public async Task RunAsync_FromCoHostedClient_EqualsSequential()
    {
        var items = Enumerable.Range(-500, 1000).ToArray();

        var result = await fixture.HostedClient.Batches.RunAsync<int, long>("square-cpu", items);

        result.Select(Describe).ShouldBe(items.Select(Sequential));
    }

    private static string Describe(BatchItem<long> item) => item.IsSuccess ? $"{item.Value}" : item.Error.Code;

    private static string Sequential(int item) => item == BadItem ? "unlucky" : $"{(long)item * item}";

    public sealed class Cluster : IAsyncLifetime
    {
        private ArmatureCluster? _cluster;

        public ArmatureClient Client => _cluster!.Client;

        public ArmatureClient HostedClient => _cluster!.HostedClient;

        public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(3, services => services
            .AddBatchHandler<Square>("square")
            .AddCpuBatchHandler<SquareOnThread>("square-cpu"));

        public ValueTask DisposeAsync() => _cluster!.DisposeAsync();
    }

    private sealed class Square : IBatchHandler<int, long>
    {
        public async ValueTask<long> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
        {
            if (item % 2 == 0)
            {
                await Task.Yield();
            }

            return Compute(item);
        }
    }

    private sealed class SquareOnThread : ICpuBatchHandler<int, long>
    {
        public long Handle(int item, BatchItemContext context, CancellationToken cancellationToken) => Compute(item);
    }

    private static long Compute(int item) =>
        item == BadItem ? throw new BatchItemException("unlucky", "Thirteen is not squared.") : (long)item * item;
}
