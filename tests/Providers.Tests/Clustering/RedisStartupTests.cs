using Armature.Hosting;
using Armature.Testing.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Armature.Clustering;

public sealed class RedisStartupTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData(",ssl=true", "it cannot be reached over TLS (ssl=true)")]
    public async Task WaitAsync_ServerThatTakesItOtherwise_SaysWhatIsWrong(string settings, string? reason)
    {
        await using var redis = await RedisServer.StartAsync();
        var options = new RedisOptions { ConnectionString = redis.ConnectionString + settings, StartupTimeout = TimeSpan.Zero };
        var startup = new RedisStartup(options, TimeProvider.System, NullLogger<RedisStartup>.Instance);

        var failure = await Record.ExceptionAsync(() => startup.WaitAsync(TestContext.Current.CancellationToken));

        if (reason is null)
        {
            failure.ShouldBeNull();
            return;
        }

        failure.ShouldBeOfType<RedisUnavailableException>().Message.ShouldContain(reason);
    }
}
