using NetVips;

namespace Armature.Images;

/// <summary>An output, decoded again, with what tests ask of it.</summary>
internal sealed class DecodedOutput : IDisposable
{
    private readonly Image _image;
    private readonly byte[] _pixels;

    private DecodedOutput(Image image)
    {
        _image = image;
        _pixels = image.WriteToMemory<byte>();
    }

    public int Width => _image.Width;

    public int Height => _image.PageHeight;

    public int Frames => _image.Height / _image.PageHeight;

    public bool HasAlpha => _image.HasAlpha();

    public Enums.Interpretation Interpretation => _image.Interpretation;

    public IReadOnlyList<string> Fields => _image.GetFields();

    public static DecodedOutput Of(ImageOutput output)
    {
        // Signature and declared format agree, so that the format of every output that is looked at is proven.
        ImageSignature.Detect(output.Bytes).ShouldBe(output.Format);
        var options = output.Format.CanAnimate() ? "n=-1" : "";
        var decoded = new DecodedOutput(Image.NewFromBuffer(output.Bytes, options));
        (decoded.Width, decoded.Height, decoded.Frames).ShouldBe((output.Width, output.Height, output.Frames));
        return decoded;
    }

    public object Field(string name) => _image.Get(name);

    public ReadOnlySpan<byte> At(int x, int y, int frame = 0) =>
        _pixels.AsSpan((((y + (frame * Height)) * Width) + x) * _image.Bands, _image.Bands);

    public void ShouldShow(ImageColor color, int x, int y, int frame = 0, int tolerance = 24)
    {
        var point = At(x, y, frame);
        var shown = point.Length < 3 ? new ImageColor(point[0], point[0], point[0]) : new(point[0], point[1], point[2]);
        var apart = Math.Max(
            Math.Max(Math.Abs(shown.Red - color.Red), Math.Abs(shown.Green - color.Green)), Math.Abs(shown.Blue - color.Blue));
        apart.ShouldBeLessThanOrEqualTo(tolerance, $"at {x},{y} of frame {frame}: {shown} instead of {color}");
    }

    /// <summary>The mean difference of two pictures of one size, in steps of 255.</summary>
    public double MeanDifference(DecodedOutput other)
    {
        using var difference = (_image - other._image).Abs();
        return difference.Avg();
    }

    public void Dispose() => _image.Dispose();
}
