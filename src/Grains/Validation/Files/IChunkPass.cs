using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>Goes through the records of a chunk.</summary>
internal interface IChunkPass<out TResult>
{
    /// <summary>Goes through all of them.</summary>
    /// <param name="reader">Reads them.</param>
    /// <param name="chunk">The bytes that they lie in.</param>
    /// <param name="job">What is to be done.</param>
    TResult Run<TReader>(ref TReader reader, ReadOnlySpan<byte> chunk, FileChunkJob job)
        where TReader : IRecordReader, allows ref struct;
}
