namespace Armature.Images;

/// <summary>What the numbers of a decoded picture mean.</summary>
internal enum ImageColors
{
    /// <summary>sRGB.</summary>
    Srgb,

    /// <summary>What its ICC profile says.</summary>
    AsStored,
}
