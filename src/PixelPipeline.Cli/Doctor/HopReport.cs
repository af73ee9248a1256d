namespace PixelPipeline.Cli.Doctor;

/// <summary>What became of a hit at one hop.</summary>
/// <param name="Hop">The hop's name.</param>
/// <param name="State">Passed, broken, or behind the broken one.</param>
/// <param name="Time">Since the hit was sent; null where the hop was not looked at.</param>
/// <param name="Detail">What was seen, or the likely cause.</param>
/// <param name="Remedy">The command that mends it; null where nothing is broken.</param>
internal sealed record HopReport(string Hop, HopState State, TimeSpan? Time, string Detail, string? Remedy);
