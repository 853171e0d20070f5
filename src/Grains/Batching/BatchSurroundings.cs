using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>What a batch finds on its silo.</summary>
internal sealed partial class BatchSurroundings(IClusterNodes nodes, IBlobStore blobs, BatchingOptions options, TimeProvider time, Serializer serializer, ILogger logger)
{
    public IClusterNodes Nodes => nodes;

    public IBlobStore Blobs => blobs;

    public BatchingOptions Options => options;

    public TimeProvider Time => time;

    public Serializer Serializer => serializer;

    public ILogger Logger => logger;

    public void TellLeft(string batchId, Exception reason) => LogLeft(logger, reason, batchId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} is not coordinated here any more: its records have another owner or cannot be written")]
    private static partial void LogLeft(ILogger logger, Exception reason, string batchId);
}
