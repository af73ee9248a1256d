namespace PixelPipeline.Local.LoadBalancer;

/// <summary>Where the local load balancer listens and how its log entries name it.</summary>
internal sealed record LoadBalancerOptions
{
    /// <summary>1 to 65,535; 8080 unless set otherwise. 0 takes a free port.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The project in <c>logName</c>, <c>trace</c> and the resource's labels: <c>local</c> unless set otherwise.</summary>
    public string ProjectId { get; init; } = "local";

    /// <summary>The path that answers with the pixel, exactly as a request sends it: <c>/pixel.png</c>.</summary>
    public string PixelPath { get; init; } = "/pixel.png";
}
