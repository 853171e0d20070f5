using Armature.Batching;
using Armature.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using StackExchange.Redis;

namespace Armature.Hosting;

/// <summary>What a caller reads of an exception that has a vendor's inside.</summary>
public sealed class ForeignExceptionTests
{
    public static TheoryData<Exception> Foreign =>
    [
        new RedisServerException(RedisErrorKind.OutOfMemory, CommandFlags.None, "OOM command not allowed when used memory > 'maxmemory'."),
        new RedisCommandException("This operation is not available."),
        new StoreOfOnesOwnException("full"),
    ];

    [Theory]
    [MemberData(nameof(Foreign), DisableDiscoveryEnumeration = true)]
    public void Serialize_VendorsExceptionInside_TheReasonArrives(Exception foreign)
    {
        using var services = new ServiceCollection().AddSerializer().AddArmatureClientServices().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var sent = new BatchHandoverException("mail", new RecordStoreException("redis", "no memory left.", foreign));

        var read = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(sent));

        read.ShouldBeOfType<BatchHandoverException>().Message.ShouldBe(sent.Message);
        var reason = read.InnerException.ShouldBeOfType<RecordStoreException>();
        reason.Location.ShouldBe("redis");
        reason.InnerException.ShouldNotBeNull().Message.ShouldContain(foreign.Message);
    }

    private sealed class StoreOfOnesOwnException(string message) : Exception(message);
}
