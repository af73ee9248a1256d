namespace PixelPipeline.Logs;

/// <summary>The access-log formats that can be read, one line a request. A closed set.</summary>
public enum LogFormat
{
    /// <summary>Cloud Logging's own: one LogEntry JSON object a line, as a sink writes it to Cloud Storage.</summary>
    /// <seealso href="https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry"/>
    LogEntry,

    /// <summary>Classic Load Balancer: space separated, request and user agent quoted.</summary>
    /// <seealso href="https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html"/>
    ClassicElb,

    /// <summary>Application Load Balancer: like the classic one behind a request type.</summary>
    /// <seealso href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html"/>
    Alb,

    /// <summary>CloudFront standard logs: <c>#Fields</c> headers, then tab separated, values percent-encoded.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html"/>
    CloudFront,

    /// <summary>The combined format of nginx and Apache; the common format, without referer and agent, is read as well.</summary>
    /// <seealso href="https://httpd.apache.org/docs/current/logs.html#combined"/>
    Combined,
}
