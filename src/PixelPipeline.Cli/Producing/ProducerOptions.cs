namespace PixelPipeline.Cli.Producing;

/// <summary>How events are sent.</summary>
/// <param name="Workers">Requests at once.</param>
/// <param name="EventsPerSecond">Over all workers; null for as fast as it goes.</param>
/// <param name="MaxDelay">Each worker waits up to so long before a request.</param>
/// <param name="Timeout">The longest that one attempt takes.</param>
/// <param name="Seed">Repeats the delays.</param>
internal sealed record ProducerOptions(int Workers, int? EventsPerSecond, TimeSpan MaxDelay, TimeSpan Timeout, int Seed);
