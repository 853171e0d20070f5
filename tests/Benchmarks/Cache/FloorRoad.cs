using Orleans.Runtime;

namespace Armature.Benchmarks;

/// <summary>The bytes of a call by the roads that there are: straight to each silo, and through one silo to the others.</summary>
internal sealed class FloorRoad
{
    private const int DoorsTried = 64;

    private readonly IFloorDoorGrain[] _doors;
    private readonly FloorBytes _whole;
    private readonly FloorBytes _part;
    private readonly int _answerBytes;

    private FloorRoad(IFloorDoorGrain[] doors, int requestBytes, int answerBytes)
    {
        _doors = doors;
        _whole = new(new byte[requestBytes]);
        _part = new(new byte[requestBytes / doors.Length]);
        _answerBytes = answerBytes;
    }

    /// <summary>Finds a door on each silo.</summary>
    public static async Task<FloorRoad> FindAsync(IGrainFactory grains, int silos, int requestBytes, int answerBytes)
    {
        var doors = new Dictionary<SiloAddress, IFloorDoorGrain>();
        for (var number = 0; number < DoorsTried && doors.Count < silos; number++)
        {
            var door = grains.GetGrain<IFloorDoorGrain>(number);
            doors.TryAdd(await door.LocateAsync(), door);
        }

        return doors.Count == silos ? new([.. doors.Values], requestBytes, answerBytes) : throw new InvalidOperationException("There is a silo that no door leads to.");
    }

    public Task GoStraightAsync() => _doors.Length == 1
        ? _doors[0].CallAsync(_whole, _answerBytes)
        : Task.WhenAll(_doors.Select(door => door.CallAsync(_part, _answerBytes / _doors.Length)));

    public Task GoThroughOneAsync() => _doors[0].CallOthersAsync(_whole, _answerBytes);
}
