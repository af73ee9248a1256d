namespace PixelPipeline.Logs.Formats;

/// <summary>CloudFront standard logs (v2) as JSON: the names of the columns, percent-encoded as <see cref="CloudFront"/>.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html"/>
internal sealed class CloudFrontJson() : JsonFormat(new JsonNames
{
    Time = ["date", "time"], // both: see TryReadTime
    Method = ["cs-method"],
    Url = ["cs-uri-stem"],
    Query = ["cs-uri-query"],
    UserAgent = ["cs(User-Agent)"],
    Referer = ["cs(Referer)"],
    Address = ["c-ip"],
    Marks = [["cs-uri-stem"], ["cs-method"], ["date"], ["time"]],
})
{
    private const int Date = 0; // the first two paths
    private const int Time = 1;

    public override string Label => "cloudfront-json";

    protected override bool TryReadTime(LineState state, out EntryTimestamp timestamp) =>
        state.Times.TryReadDateAndTime(state.Json[Date], state.Json[Time], out timestamp);

    protected override ReadOnlySpan<byte> ReadText(LineState state, ReadOnlySpan<byte> value) => CloudFrontText.UndoTwice(value, state.Buffer);

    protected override ReadOnlySpan<byte> ReadUrlPart(LineState state, ReadOnlySpan<byte> value) => CloudFrontText.UndoOnce(value, state.Buffer);
}
