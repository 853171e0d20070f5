using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Armature.Benchmarks;

/// <summary>The same roads without us: calls to a worker on the gateway's silo, with as many bytes both ways. The key is any number.</summary>
[Alias("armature.benchmarks.floor-door")]
internal interface IFloorDoorGrain : IGrainWithIntegerKey
{
    /// <summary>Answers itself.</summary>
    [Alias("CallAsync")]
    Task<FloorBytes> CallAsync(FloorBytes request, int answerBytes);

    /// <summary>Answers a part itself, and calls the other silos for the rest.</summary>
    [Alias("CallOthersAsync")]
    Task<FloorBytes> CallOthersAsync(FloorBytes request, int answerBytes);

    /// <summary>The silo that it is on.</summary>
    [Alias("LocateAsync")]
    Task<SiloAddress> LocateAsync();
}

/// <summary>One silo, as the others reach it.</summary>
[Alias("armature.benchmarks.floor-service")]
internal interface IFloorService : IGrainService
{
    [Alias("CallAsync")]
    Task<FloorBytes> CallAsync(FloorBytes request, int answerBytes);
}

/// <summary>Bytes that are not looked into.</summary>
[GenerateSerializer, Immutable, Alias("armature.benchmarks.floor-bytes")]
internal sealed record FloorBytes([property: Id(0)] byte[] Bytes);

/// <summary>Calls the other silos.</summary>
internal sealed class FloorSilos(IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails local) : GrainServiceClient<IFloorService>(services)
{
    public SiloAddress Local => local.SiloAddress;

    public IFloorService[] Others =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && member.SiloAddress != local.SiloAddress)
            .Select(member => GetGrainService(member.SiloAddress)),
    ];
}

internal sealed class FloorService(GrainId id, Silo silo, ILoggerFactory loggerFactory) : GrainService(id, silo, loggerFactory), IFloorService
{
    public Task<FloorBytes> CallAsync(FloorBytes request, int answerBytes) => Task.FromResult(new FloorBytes(new byte[answerBytes]));
}

[StatelessWorker, Reentrant]
internal sealed class FloorDoorGrain(FloorSilos silos) : Grain, IFloorDoorGrain
{
    public Task<FloorBytes> CallAsync(FloorBytes request, int answerBytes) => Task.FromResult(new FloorBytes(new byte[answerBytes]));

    public Task<SiloAddress> LocateAsync() => Task.FromResult(silos.Local);

    public async Task<FloorBytes> CallOthersAsync(FloorBytes request, int answerBytes)
    {
        var others = silos.Others;
        var share = others.Length + 1;
        var answer = new byte[answerBytes];
        var answers = await Task.WhenAll(others.Select(other => other.CallAsync(new(request.Bytes[..(request.Bytes.Length / share)]), answerBytes / share)));
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i].Bytes.CopyTo(answer, i * (answerBytes / share));
        }

        return new(answer);
    }
}
