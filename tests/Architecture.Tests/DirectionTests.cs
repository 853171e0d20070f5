using System.Reflection;

namespace Armature.Architecture;

/// <summary>Which room may see which, and where a vendor may be named.</summary>
public sealed class DirectionTests
{
    private static readonly Dictionary<string, string[]> VisibleRooms = new()
    {
        ["Interfaces"] = [],
        ["Grains"] = ["Interfaces"],
        ["Providers"] = ["Interfaces"],
        ["ImageWorker"] = ["Interfaces"],
        ["FluentValidation"] = ["Interfaces", "Grains"],
        ["Client"] = ["Interfaces", "Providers"],
        ["Silo"] = ["Interfaces", "Grains", "Client", "Providers", "ImageWorker"],
        ["Cli"] = ["Interfaces", "Grains", "Client", "Providers", "ImageWorker", "Silo"],
    };

    // By the beginning of an assembly's name. Silo and Cli compose the house and may see any package.
    private static readonly Dictionary<string, string[]> VisiblePackages = new()
    {
        ["Interfaces"] = ["System.", "netstandard", "Orleans.Core.Abstractions", "Orleans.Serialization", "Microsoft.Extensions."],
        ["Grains"] = ["System.", "Microsoft.Win32.Primitives", "Orleans.", "Microsoft.Extensions."],
        ["Client"] =
        [
            "System.", "AngleSharp", "BitFaster.Caching", "Orleans.Core", "Orleans.Serialization", "Orleans.Clustering.Redis", "StackExchange.Redis",
            "Microsoft.Extensions.", "Microsoft.AspNetCore.Connections.Abstractions",
        ],
        ["Providers"] = ["System.", "Orleans.", "Microsoft.Extensions.", "StackExchange.Redis", "Azure.", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Microsoft.AspNetCore.Connections.Abstractions"],
        ["FluentValidation"] = ["System.", "FluentValidation", "Orleans.Serialization", "Microsoft.Extensions."],
        ["ImageWorker"] = ["System.", "NetVips", "Orleans.Core.Abstractions", "Orleans.Serialization", "Microsoft.Extensions."],
    };

    public static TheoryData<string> Rooms => [.. VisibleRooms.Keys];

    public static TheoryData<string> RoomsBelowTheHost => [.. VisiblePackages.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_References_OnlyRoomsItMaySee(string room)
    {
        var own = House.Rooms.ToDictionary(other => other.Value.GetName().Name!, other => other.Key);

        var seen = References(room).Where(own.ContainsKey).Select(name => own[name]);

        seen.Except(VisibleRooms[room]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(RoomsBelowTheHost))]
    public void Room_References_OnlyPackagesItMaySee(string room)
    {
        var packages = References(room).Where(name => !House.Rooms.Values.Any(own => own.GetName().Name == name));

        packages.Where(name => !VisiblePackages[room].Any(allowed => name.StartsWith(allowed, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Client_References_NoSilo()
    {
        // The assembly of Microsoft.Orleans.Runtime is the silo itself; a client that carried it would carry a server.
        References("Client").ShouldNotContain("Orleans.Runtime");
    }

    [Fact]
    public void Rooms_All_AreUnderRules()
    {
        var folders = Directory.GetDirectories(Path.Combine(House.Root, "src")).Select(Path.GetFileName);

        folders.ShouldBe(VisibleRooms.Keys, ignoreOrder: true);
    }

    private static IEnumerable<string> References(string room) =>
        House.Rooms[room].GetReferencedAssemblies().Select((AssemblyName name) => name.Name!);
}
