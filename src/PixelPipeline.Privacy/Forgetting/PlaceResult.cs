using System.Globalization;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Forgetting;

/// <summary>What became of one place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Found">What was found in it, over all runs of the erasure.</param>
/// <param name="Left">What is left; null where nothing is.</param>
public sealed record PlaceResult(Place Place, Holding Found, Remainder? Left)
{
    /// <summary>In how many containers it was found: <c>3 partitions</c>.</summary>
    public string FoundIn => Count(Found.Containers, Place.Containers);

    /// <summary>A number of things.</summary>
    /// <param name="number">How many.</param>
    /// <param name="things">In the plural, which ends with an s.</param>
    internal static string Count(long number, string things) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? things[..^1] : things)}");
}
