namespace Armature.Hosting;

/// <summary>The names under which streams are registered.</summary>
internal static class StreamNames
{
    /// <summary>Where Orleans looks for the subscriptions of a stream provider.</summary>
    public const string PubSubStore = "PubSubStore";
}
