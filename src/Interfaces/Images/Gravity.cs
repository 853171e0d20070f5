namespace Armature.Images;

/// <summary>Where something is placed: the part that a crop keeps, the picture in a filled box, a watermark.</summary>
public enum Gravity
{
    /// <summary>The middle.</summary>
    Center,

    /// <summary>The middle of the upper edge.</summary>
    North,

    /// <summary>The upper right corner.</summary>
    NorthEast,

    /// <summary>The middle of the right edge.</summary>
    East,

    /// <summary>The lower right corner.</summary>
    SouthEast,

    /// <summary>The middle of the lower edge.</summary>
    South,

    /// <summary>The lower left corner.</summary>
    SouthWest,

    /// <summary>The middle of the left edge.</summary>
    West,

    /// <summary>The upper left corner.</summary>
    NorthWest,

    /// <summary>The part that draws the eye: edges, strong colours and skin. For crops only.</summary>
    Attention,
}
