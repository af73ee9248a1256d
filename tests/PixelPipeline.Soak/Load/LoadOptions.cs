namespace PixelPipeline.Soak.Load;

/// <summary>What a load run does.</summary>
/// <param name="HitsPerSecond">Hits a second, whether or not earlier ones are answered.</param>
/// <param name="Seconds">For so long.</param>
/// <param name="Layout">template, partitioned or both.</param>
/// <param name="OutageSeconds">For so long BigQuery is stopped, from a sixth of the time on; 0 for no outage.</param>
internal sealed record LoadOptions(int HitsPerSecond, int Seconds, string Layout, int OutageSeconds)
{
    public int Hits => HitsPerSecond * Seconds;

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);
}
