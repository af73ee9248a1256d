namespace PixelPipeline.Dashboard.Hosting;

/// <summary>How the pipeline is at a moment.</summary>
/// <param name="Waiting">Messages that are not acknowledged yet.</param>
/// <param name="DeadLetters">Messages that were given up.</param>
/// <param name="Ignored">Entries that were meant to be no events, in the last minutes.</param>
/// <param name="Lately">How many minutes these are.</param>
public sealed record PipelineState(long Waiting, long DeadLetters, long Ignored, TimeSpan Lately);

/// <summary>What became of a marked hit at one hop.</summary>
/// <param name="Hop">The hop's name, such as <c>function</c>.</param>
/// <param name="IsPassed">True where it came through, false where it ended; null behind that.</param>
/// <param name="Time">Since it was sent; null where nobody looked.</param>
/// <param name="Detail">What was seen, or the likely cause.</param>
/// <param name="Remedy">What mends it; null where nothing is broken.</param>
public sealed record HopCheck(string Hop, bool? IsPassed, TimeSpan? Time, string Detail, string? Remedy);

/// <summary>What became of rejected entries that were tried again.</summary>
/// <param name="Events">How many are events now.</param>
/// <param name="Rejected">How many are still rejected.</param>
public sealed record ReplayResult(int Events, int Rejected);
