namespace PixelPipeline.Cli.Cost;

/// <summary>What one part of the pipeline costs a month.</summary>
/// <param name="Part">The part.</param>
/// <param name="Arithmetic">How the amount comes about.</param>
/// <param name="Dollars">The amount, US dollars, not rounded.</param>
internal sealed record CostLine(string Part, string Arithmetic, decimal Dollars);
