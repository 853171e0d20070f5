namespace Armature.Images;

/// <summary>How a picture is brought into a box. None of them enlarges unless <see cref="ImageVariant.Enlarge"/> was asked for.</summary>
public enum Fit
{
    /// <summary>As large as fits inside the box; the aspect is kept.</summary>
    Inside,

    /// <summary>Covers the box; the aspect is kept and what stands over is cut off, placed by <see cref="Gravity"/>.</summary>
    Cover,

    /// <summary>As large as fits inside; the rest of the box is filled with the background, so the output has the box's size.</summary>
    Fill,

    /// <summary>Stretched to the box's sides; the aspect is not kept.</summary>
    Exact,
}
