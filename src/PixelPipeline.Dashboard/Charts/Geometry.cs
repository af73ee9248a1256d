using System.Globalization;

namespace PixelPipeline.Dashboard.Charts;

/// <summary>
/// Where things are in a chart: across in per cent of its width, which the window decides, and down in pixels, so that
/// letters keep their size on a phone.
/// </summary>
internal static class Geometry
{
    /// <summary>Pixels from the top to the highest line.</summary>
    public const double Above = 10;

    /// <summary>Pixels from the highest line to the lowest.</summary>
    public const double Height = 150;

    /// <summary>Pixels of the whole, with the labels below.</summary>
    public const double Whole = Above + Height + 24;

    private const double Filled = 0.76; // of a bar's place

    /// <summary>The left edge of a bar, such as <c>12.5%</c>.</summary>
    public static string Left(int bar, int bars) => Percent((bar + ((1 - Filled) / 2)) / bars);

    /// <summary>The left edge of the place that a bar has.</summary>
    public static string PlaceLeft(int bar, int bars) => Percent((double)bar / bars);

    /// <summary>The width of that place.</summary>
    public static string PlaceWidth(int bars) => Percent(1d / bars);

    /// <summary>The width of a bar.</summary>
    public static string Width(int bars) => Percent(Filled / bars);

    /// <summary>The middle of a bar.</summary>
    public static string Middle(int bar, int bars) => Percent((bar + 0.5) / bars);

    /// <summary>How far down a value is, in pixels.</summary>
    public static string Down(double value, Scale scale) => Pixels(Above + Height - Tall(value, scale));

    /// <summary>How tall so much is, in pixels.</summary>
    public static string TallAs(double value, Scale scale) => Pixels(Tall(value, scale));

    /// <summary>A share as per cent.</summary>
    public static string Share(long part, long whole) => Percent(whole == 0 ? 0 : (double)part / whole);

    /// <summary>A number of pixels.</summary>
    public static string Pixels(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Tall(double value, Scale scale) => value / scale.Top * Height;

    private static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
