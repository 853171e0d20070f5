namespace Armature.Batching;

/// <summary>Where batches' lifecycle events are published: the stream's key is the batch id.</summary>
public static class BatchStreams
{
    /// <summary>The name of the stream provider.</summary>
    public const string Provider = "armature";

    /// <summary>The namespace of the streams, for <c>[ImplicitStreamSubscription(BatchStreams.Namespace)]</c>.</summary>
    public const string Namespace = "armature.batches";
}
