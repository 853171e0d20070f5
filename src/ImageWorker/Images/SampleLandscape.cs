using NetVips;

namespace Armature.Images;

/// <summary>One landscape: sky, sun, clouds, three ridges, grain. All of it follows from the seed.</summary>
internal sealed class SampleLandscape(int seed, (int Width, int Height) fullSize, VipsScope scope)
{
    private const int Ridges = 3;

    // Shapes are drawn small and enlarged, which makes forty pictures a matter of seconds; the grain gives the finest detail.
    private const int Coarse = 3;
    private const int GrainSide = 512;

    private readonly (int Width, int Height) _size = ((fullSize.Width / Coarse) + 1, (fullSize.Height / Coarse) + 1);

#pragma warning disable CA5394 // The pictures are to be the same every time, not unforeseeable.
    private readonly Random _random = new(seed);
#pragma warning restore CA5394

    public Image Paint()
    {
        var picture = Clouds(Sun(Sky()));
        for (var ridge = 0; ridge < Ridges; ridge++)
        {
            picture = Ridge(picture, ridge);
        }

        var drawn = scope.Compute(Own(picture.Cast(Enums.BandFormat.Uchar)));
        var enlarged = Own(Own(drawn.Resize(Coarse, Enums.Kernel.Linear)).Crop(0, 0, fullSize.Width, fullSize.Height));
        return Own(Own(Grain(enlarged).Cast(Enums.BandFormat.Uchar)).Copy(interpretation: Enums.Interpretation.Srgb));
    }

    private Image Sky()
    {
        var down = Own(Own(Image.Xyz(_size.Width, _size.Height)).ExtractBand(1) * (1.0 / _size.Height));
        var (top, bottom) = (Color(20, 120), Color(140, 255));
        return Own(Own(down.Bandjoin(down, down)).Linear([bottom[0] - top[0], bottom[1] - top[1], bottom[2] - top[2]], top));
    }

    private Image Sun(Image picture)
    {
        var position = Own(Image.Xyz(_size.Width, _size.Height));
        var (x, y) = (_size.Width * Next(0.1, 0.9), _size.Height * Next(0.1, 0.5));
        var offset = Own(position - new[] { x, y });
        var squares = Own(offset * offset);
        var distance = Own(squares.ExtractBand(0) + squares.ExtractBand(1));
        var radius = _size.Height * Next(0.03, 0.08);
        return Own(Own(distance > (radius * radius)).Ifthenelse(picture, Color(220, 255), blend: false));
    }

    private Image Clouds(Image picture)
    {
        var cover = Own(Texture(cellSize: 96) * Next(0.3, 0.9));
        return Own(picture + Own(cover.Bandjoin(cover, cover)));
    }

    private Image Ridge(Image picture, int ridge)
    {
        var skyline = Own(Skyline(0.45 + (0.17 * ridge)).Embed(0, 0, _size.Width, _size.Height, Enums.Extend.Copy));
        var ground = Own(Own(Image.Xyz(_size.Width, _size.Height)).ExtractBand(1) > skyline);
        var woods = Texture(cellSize: 24);
        var color = Color(10 + (20 * ridge), 90 + (20 * ridge));
        var land = Own(Own(woods.Bandjoin(woods, woods)).Linear([0.35, 0.5, 0.3], color));
        return Own(ground.Ifthenelse(land, picture, blend: false));
    }

    private Image Skyline(double height)
    {
        var waves = Enumerable.Range(0, 7).Select(wave => (Length: Math.Pow(2, wave) * Next(1, 3), Height: 0.08 / Math.Pow(1.7, wave), Phase: Next(0, 7))).ToArray();
        var heights = new float[_size.Width];
        for (var x = 0; x < heights.Length; x++)
        {
            var place = x / (double)_size.Width;
            heights[x] = (float)(_size.Height * (height + waves.Sum(wave => wave.Height * Math.Sin((place * wave.Length * 6.28) + wave.Phase))));
        }

        return Own(Image.NewFromMemory(heights, _size.Width, 1, 1, Enums.BandFormat.Float));
    }

    private Image Grain(Image picture)
    {
        var noise = Own(Image.Gaussnoise(GrainSide, GrainSide, sigma: Next(4, 9), mean: 0, seed: NextSeed()));
        var tile = scope.Compute(Own(noise.Cast(Enums.BandFormat.Short)));
        var tiles = Own(tile.Replicate((fullSize.Width / GrainSide) + 1, (fullSize.Height / GrainSide) + 1));
        var grain = Own(tiles.Crop(0, 0, fullSize.Width, fullSize.Height));
        return Own(picture + grain);
    }

    private Image Texture(int cellSize)
    {
        var fine = Own(Own(Image.Perlin(_size.Width, _size.Height, cellSize / 4, seed: NextSeed())) * 0.5);
        var noise = Own(Own(Image.Perlin(_size.Width, _size.Height, cellSize, seed: NextSeed())) + fine);
        return Own(noise.Linear([90.0], [20.0]));
    }

    private double[] Color(int from, int to) => [Next(from, to), Next(from, to), Next(from, to)];

#pragma warning disable CA5394
    private double Next(double from, double to) => from + (_random.NextDouble() * (to - from));

    private int NextSeed() => _random.Next();
#pragma warning restore CA5394

    private Image Own(Image image) => scope.Own(image);
}
