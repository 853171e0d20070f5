using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using StackExchange.Redis;

namespace Armature.Clustering;

/// <summary>Finds out why Redis does not answer, with a connection of its own: one that goes on trying in the background does not tell.</summary>
internal sealed class RedisProbe
{
    private const int MaxConnectMilliseconds = 2_000;

    private readonly ConfigurationOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a probe.</summary>
    /// <param name="options">How to connect; changed here.</param>
    /// <param name="time">The clock.</param>
    public RedisProbe(ConfigurationOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _options.AbortOnConnectFail = true;
        _options.ConnectRetry = 1;
        _options.ConnectTimeout = Math.Min(_options.ConnectTimeout, MaxConnectMilliseconds);
    }

    /// <summary>Where Redis is.</summary>
    public string Endpoints => string.Join(", ", _options.EndPoints.Select(EndPointCollection.ToString));

    /// <summary>Connects and asks.</summary>
    /// <returns>What is wrong; null when Redis answered.</returns>
    public async Task<RedisProblem?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (RedisConnectionException refusal) when (IsRefusal(refusal))
        {
            var isNameless = refusal.Message.Contains("NOAUTH", StringComparison.Ordinal);
            return new(RedisProblemKind.Refused, isNameless ? "it asks for a password, and was given none" : "it refused the user or the password", refusal);
        }
        catch (RedisServerException answer)
        {
            return new(RedisProblemKind.Failed, $"it answered {answer.Message}", answer);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            return await FindObstacleAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    // A TLS handshake that fails counts as one too.
    private static bool IsRefusal(RedisConnectionException failure) =>
        failure is { FailureType: ConnectionFailureType.AuthenticationFailure, InnerException: not (AuthenticationException or IOException) };

    private async Task TryAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_options).ConfigureAwait(false);
        await connection.GetDatabase().PingAsync().ConfigureAwait(false);
    }

    private async Task<RedisProblem> FindObstacleAsync(Exception failure, CancellationToken cancellationToken)
    {
        foreach (var endpoint in _options.EndPoints.Where(endpoint => endpoint is not UnixDomainSocketEndPoint))
        {
            if (await FindObstacleAsync(endpoint, cancellationToken).ConfigureAwait(false) is { } obstacle)
            {
                return new(RedisProblemKind.Unreachable, $"it cannot be reached: {obstacle}", failure);
            }
        }

        return _options.Ssl
            ? new(RedisProblemKind.Unreachable, "it cannot be reached over TLS (ssl=true): what listens there has no TLS, or its certificate is not trusted here", failure)
            : new(RedisProblemKind.Silent, "it takes a connection and does not answer: it hangs, is no Redis, or wants TLS (ssl=true)", failure);
    }

    private async Task<string?> FindObstacleAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var name = EndPointCollection.ToString(endpoint);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.ConnectTimeout), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name} took no connection within {_options.ConnectTimeout} ms");
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"no address is known for the host of {name}",
                SocketError.ConnectionRefused => $"nothing listens on {name}",
                _ => $"{name}: {error.Message}",
            };
        }
    }
}
