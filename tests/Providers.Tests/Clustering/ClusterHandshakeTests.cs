using System.Text;
using Armature.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Clustering;

public sealed class ClusterHandshakeTests
{
    private const string Secret = "the secret of this cluster";
    private const string NoSecret = "does not ask for the cluster secret";
    private const string NotInTime = "did not prove in time";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly SecretRefusals _refusals = new();
    private readonly CollectedLog<RequireSecret> _log = new();

    [Fact]
    public async Task Handshake_SameSecret_BothSidesGoOnAndNothingIsLost()
    {
        await using var pair = await SocketPair.ConnectAsync();
        var heard = new TaskCompletionSource<string>();

        var accepting = Require(Secret).OnConnectionAsync(pair.Acceptor, async context =>
            heard.SetResult(Encoding.ASCII.GetString((await context.Transport.Input.ReadExactlyAsync(5, default))!)));
        var connecting = Present(Secret).OnConnectionAsync(pair.Connector, async context =>
            await context.Transport.Output.WriteAsync("hello"u8.ToArray()));

        await Task.WhenAll(accepting, connecting).WaitAsync(Patience);
        (await heard.Task).ShouldBe("hello");
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Handshake_OtherSecret_NeitherSideGoesOn()
    {
        await using var pair = await SocketPair.ConnectAsync();

        var accepting = RefuseAsync(pair);
        var connecting = Present("another secret of 16 or more").OnConnectionAsync(pair.Connector, Fail);

        await accepting;
        (await Should.ThrowAsync<ClusterSecretException>(connecting.WaitAsync(Patience))).Message.ShouldContain("refused the cluster secret");
        _log.Lines.ShouldHaveSingleItem().ShouldContain("does not know the secret");
    }

    [Fact]
    public async Task Handshake_ProofForAnotherScope_IsRefused()
    {
        await using var pair = await SocketPair.ConnectAsync();

        var accepting = RefuseAsync(pair);
        var connecting = new PresentSecret(Secret, ConnectionScope.Silo, Limit, _time, _refusals).OnConnectionAsync(pair.Connector, Fail);

        await accepting;
        await Should.ThrowAsync<ClusterSecretException>(connecting.WaitAsync(Patience));
    }

    [Fact]
    public async Task RequireSecret_GarbageWithoutEnd_IsRefusedAfterAProofsLength()
    {
        await using var pair = await SocketPair.ConnectAsync();
        await pair.ConnectorStream.WriteAsync(new byte[4096]);

        await RefuseAsync(pair);

        _log.Lines.ShouldHaveSingleItem().ShouldContain("does not know the secret");
    }

    [Fact]
    public async Task RequireSecret_ConnectionThatEnds_IsRefused()
    {
        await using var pair = await SocketPair.ConnectAsync();
        await pair.ConnectorStream.WriteAsync(new byte[10]);
        pair.ConnectorStream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        await RefuseAsync(pair);

        _log.Lines.ShouldHaveSingleItem().ShouldContain("closed the connection");
    }

    [Fact]
    public async Task RequireSecret_OneByteAndThenSilence_IsRefusedWhenTheTimeIsOver()
    {
        await using var pair = await SocketPair.ConnectAsync();
        await pair.ConnectorStream.WriteAsync(new byte[1]);

        var accepting = RefuseAsync(pair);
        await pair.ConnectorStream.ReadExactlyAsync(new byte[40]);
        accepting.IsCompleted.ShouldBeFalse();
        _time.Advance(Limit);

        await accepting;
        _log.Lines.ShouldHaveSingleItem().ShouldContain(NotInTime);
    }

    [Fact]
    public async Task RequireSecret_ReplayedProof_IsRefused()
    {
        await using var first = await SocketPair.ConnectAsync();
        var recorded = await RecordProofAsync(first);
        await using var second = await SocketPair.ConnectAsync();
        await second.ConnectorStream.WriteAsync(recorded);

        await RefuseAsync(second);
    }

    [Fact]
    public async Task RequireSecret_ManyRefusals_WarnsOnceAnInterval()
    {
        var require = Require(Secret);
        for (var i = 0; i < 5; i++)
        {
            await RefuseGarbageAsync(require);
        }

        _log.Lines.ShouldHaveSingleItem();
        _time.Advance(TimeSpan.FromSeconds(10));
        await RefuseGarbageAsync(require);

        _log.Lines.Count.ShouldBe(2);
        _log.Lines.Last().ShouldContain("4 like it before");
    }

    [Fact]
    public async Task RequireSecret_AsManySilentAsAllowed_OneMoreIsClosedAtOnce()
    {
        var require = Require(Secret, maxHandshakes: 2);
        await using var first = await SocketPair.ConnectAsync();
        await using var second = await SocketPair.ConnectAsync();
        await using var third = await SocketPair.ConnectAsync();
        var silent = new[] { require.OnConnectionAsync(first.Acceptor, Fail), require.OnConnectionAsync(second.Acceptor, Fail) };

        await RefuseAsync(require, third);

        (await third.ConnectorStream.ReadAsync(new byte[1])).ShouldBe(0);
        silent.ShouldAllBe(handshake => !handshake.IsCompleted);
        _log.Lines.ShouldHaveSingleItem().ShouldContain("2 others have yet to prove");

        _time.Advance(Limit);
        await Task.WhenAll(silent).WaitAsync(Patience);
    }

    [Fact]
    public async Task RequireSecret_ConnectionsThatProvedIt_AreNoHandshakesAnyMore()
    {
        var require = Require(Secret, maxHandshakes: 1);
        var open = new TaskCompletionSource();
        await using var first = await SocketPair.ConnectAsync();
        await using var second = await SocketPair.ConnectAsync();

        await GoOnAsync(first);
        await GoOnAsync(second);

        open.SetResult();
        _log.Lines.ShouldBeEmpty();

        async Task GoOnAsync(SocketPair pair)
        {
            var accepted = new TaskCompletionSource();
            _ = require.OnConnectionAsync(pair.Acceptor, _ =>
            {
                accepted.SetResult();
                return open.Task;
            });
            await Present(Secret).OnConnectionAsync(pair.Connector, _ => Task.CompletedTask).WaitAsync(Patience);
            await accepted.Task.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task PresentSecret_OtherSideThatCloses_IsWorthAnotherTry()
    {
        await using var pair = await SocketPair.ConnectAsync();
        pair.AcceptorStream.Close();

        var aborted = await Should.ThrowAsync<ConnectionResetException>(
            Present(Secret).OnConnectionAsync(pair.Connector, Fail).WaitAsync(Patience));

        aborted.Message.ShouldContain("too many others");
        _refusals.Last.ShouldBeNull();
    }

    [Fact]
    public async Task PresentSecret_OtherSideWithoutSecret_SaysSo()
    {
        await using var pair = await SocketPair.ConnectAsync();
        await pair.AcceptorStream.WriteAsync(new byte[16]);

        var refused = await Should.ThrowAsync<ClusterSecretException>(
            Present(Secret).OnConnectionAsync(pair.Connector, Fail).WaitAsync(Patience));

        refused.Message.ShouldContain(NoSecret);
        _refusals.Last.ShouldBe(refused);
        refused.Endpoint.ShouldBe(pair.Connector.RemoteEndPoint!.ToString());
    }

    [Fact]
    public async Task PresentSecret_OtherSideSilent_SaysSoWhenTheTimeIsOver()
    {
        await using var pair = await SocketPair.ConnectAsync();

        var connecting = Present(Secret).OnConnectionAsync(pair.Connector, Fail);
        _time.Advance(Limit);

        (await Should.ThrowAsync<ClusterSecretException>(connecting.WaitAsync(Patience))).Message.ShouldContain(NoSecret);
    }

    [Fact]
    public async Task PresentSecret_OtherSideThatSendsItsProofBack_IsNotBelieved()
    {
        await using var pair = await SocketPair.ConnectAsync();
        await pair.AcceptorStream.WriteAsync((byte[])[.. HandshakeMagic.Bytes, .. new byte[SecretProof.NonceLength]]);

        var connecting = Present(Secret).OnConnectionAsync(pair.Connector, Fail);
        var answer = new byte[SecretProof.NonceLength + SecretProof.Length];
        await pair.AcceptorStream.ReadExactlyAsync(answer);
        await pair.AcceptorStream.WriteAsync(answer.AsMemory(SecretProof.NonceLength));

        (await Should.ThrowAsync<ClusterSecretException>(connecting.WaitAsync(Patience))).Message.ShouldContain("does not know");
    }

    private RequireSecret Require(string secret, int maxHandshakes = 256) => new(secret, ConnectionScope.Gateway, Limit, maxHandshakes, _time, _log);

    private PresentSecret Present(string secret) => new(secret, ConnectionScope.Gateway, Limit, _time, _refusals);

    private Task RefuseAsync(SocketPair pair) => RefuseAsync(Require(Secret), pair);

    private static async Task RefuseAsync(RequireSecret require, SocketPair pair)
    {
        await require.OnConnectionAsync(pair.Acceptor, Fail).WaitAsync(Patience);
        pair.AcceptorStream.Close();
    }

    private static async Task RefuseGarbageAsync(RequireSecret require)
    {
        await using var pair = await SocketPair.ConnectAsync();
        await pair.ConnectorStream.WriteAsync(new byte[64]);
        await RefuseAsync(require, pair);
    }

    private async Task<byte[]> RecordProofAsync(SocketPair pair)
    {
        await pair.AcceptorStream.WriteAsync((byte[])[.. HandshakeMagic.Bytes, .. new byte[SecretProof.NonceLength]]);
        var connecting = Present(Secret).OnConnectionAsync(pair.Connector, Fail);
        var answer = new byte[SecretProof.NonceLength + SecretProof.Length];
        await pair.AcceptorStream.ReadExactlyAsync(answer);
        pair.AcceptorStream.Close();
        await Should.ThrowAsync<ClusterSecretException>(connecting.WaitAsync(Patience));
        return answer;
    }

    private static Task Fail(ConnectionContext context) => throw new InvalidOperationException("The handshake let this connection through.");
}
