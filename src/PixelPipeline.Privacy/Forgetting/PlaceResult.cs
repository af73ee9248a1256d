using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Forgetting;

/// <summary>What became of one place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Found">What was found in it, over all runs of the erasure.</param>
/// <param name="Left">What is left; null where nothing is.</param>
public sealed record PlaceResult(Place Place, Holding Found, Remainder? Left);
