namespace Armature.Processes;

/// <summary>What a .NET child process does with its requests, one at a time.</summary>
public interface IChildRequestHandler
{
    /// <summary>Loads and tries out whatever makes the first request slow. The child says that it is ready afterwards.</summary>
    void WarmUp();

    /// <summary>
    /// Does one request. The answer is the returned parts, one after the other. Throw <see cref="ProcessRequestException"/>
    /// to fail it with a code; any other exception fails it as <see cref="RequestFailure.Failed"/>.
    /// </summary>
    /// <param name="payload">The request, valid until the method returns and the answer was written.</param>
    /// <param name="cancellationToken">Ends when nobody waits for the answer any more.</param>
    IReadOnlyList<ReadOnlyMemory<byte>> Handle(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
