namespace Armature.Images;

/// <summary>The codes of <see cref="ImageException"/>, and of the failed items of image batches.</summary>
public static class ImageErrorCodes
{
    /// <summary>The bytes are no picture of a format that is read: JPEG, PNG, WebP, AVIF, GIF, TIFF.</summary>
    public const string UnsupportedFormat = "unsupported_format";

    /// <summary>The source has no bytes.</summary>
    public const string SourceEmpty = "source_empty";

    /// <summary>The source has more bytes than are read.</summary>
    public const string SourceTooLarge = "source_too_large";

    /// <summary>The blob that was named as the source is not in the store.</summary>
    public const string SourceMissing = "source_missing";

    /// <summary>The picture, or an output that was asked for, has more pixels or a longer side than the budget allows.</summary>
    public const string ImageTooLarge = "image_too_large";

    /// <summary>The animation has more frames than the limit.</summary>
    public const string TooManyFrames = "too_many_frames";

    /// <summary>The file is built so that decoding it costs far more than its size suggests.</summary>
    public const string ImageTooCostly = "image_too_costly";

    /// <summary>The picture is damaged or cut off.</summary>
    public const string DecodeFailed = "decode_failed";

    /// <summary>Processing the picture took longer than the time limit.</summary>
    public const string DecodeTimeout = "decode_timeout";

    /// <summary>The process that worked on the picture died for another reason than its time and memory limits.</summary>
    public const string DecoderDied = "decoder_died";

    /// <summary>Processing the picture needed more memory than a child process has.</summary>
    public const string DecodeOutOfMemory = "decode_out_of_memory";

    /// <summary>An output could not be encoded.</summary>
    public const string EncodeFailed = "encode_failed";

    /// <summary>A text watermark was asked for and there is no font.</summary>
    public const string FontMissing = "font_missing";

    /// <summary>The image of a watermark could not be used.</summary>
    public const string WatermarkInvalid = "watermark_invalid";

    /// <summary>The plan breaks a rule; the message says which.</summary>
    public const string PlanInvalid = "plan_invalid";

    /// <summary>The stored plan of the job is gone.</summary>
    public const string PlanMissing = "plan_missing";

    /// <summary>The plan names a preset that the silo does not have.</summary>
    public const string PresetUnknown = "preset_unknown";
}
