namespace PixelPipeline.Logs.Formats;

/// <summary>All formats.</summary>
public static class LogFormats
{
    /// <summary>LogEntry JSON, as it goes through the pipeline itself.</summary>
    public static LogFormat LogEntry { get; } = new LogEntryLines();

    /// <summary>Every format there is. Where messages and pages list formats, they do it in this order.</summary>
    public static IReadOnlyList<LogFormat> All { get; } =
    [
        LogEntry, new ClassicElb(), new Alb(), new CloudFront(), new CloudFrontJson(), new CloudFrontRealTime(), new Combined(), new NginxJson(), new Caddy(),
        new Traefik(), new Envoy(), new EnvoyJson(), new Haproxy(), new HaproxyClf(), new SquidNative(), new W3c(), new Pino(), new Cloudflare(), new Fastly(),
        new StorageUsage(),
    ];

    /// <summary>The names of all formats, for messages and options.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. All.Select(f => f.Label)];

    /// <summary>The format of a name; null where there is none of it.</summary>
    /// <param name="label">Such as <c>elb</c>; case does not matter.</param>
    public static LogFormat? Find(string label) => All.FirstOrDefault(f => f.Label.Equals(label, StringComparison.OrdinalIgnoreCase));
}
