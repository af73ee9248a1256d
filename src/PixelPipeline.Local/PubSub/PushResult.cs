using System.Globalization;
using System.Net;

namespace PixelPipeline.Local.PubSub;

/// <summary>How one push ended.</summary>
/// <param name="Outcome">What it means for the message.</param>
/// <param name="Status">In short, for dead letters and logs: <c>500</c>, <c>deadline</c>, <c>connection</c>.</param>
internal readonly record struct PushResult(PushOutcome Outcome, string Status)
{
    public static readonly PushResult DeadlineExceeded = new(PushOutcome.Refused, "deadline");
    public static readonly PushResult ConnectionLost = new(PushOutcome.Refused, "connection");
    public static readonly PushResult Unreachable = new(PushOutcome.Unreachable, "unreachable");

    /// <summary>
    /// 102, 200, 201, 202 and 204 acknowledge, any other status refuses
    /// (<see href="https://cloud.google.com/pubsub/docs/push#receive_push"/>). Over HTTP/1.1 a 102 is no final answer:
    /// the client waits on for the status behind it, so a lone 102 ends at the deadline and is delivered again.
    /// </summary>
    public static PushResult Answered(HttpStatusCode status) => new(
        (int)status is 102 or 200 or 201 or 202 or 204 ? PushOutcome.Acknowledged : PushOutcome.Refused,
        ((int)status).ToString(CultureInfo.InvariantCulture));
}

/// <summary>What a push means for its message.</summary>
internal enum PushOutcome
{
    /// <summary>The function has taken it.</summary>
    Acknowledged,

    /// <summary>An attempt that failed: another status, no answer in time, or the connection broke off.</summary>
    Refused,

    /// <summary>No connection was made, so this was no attempt at all.</summary>
    Unreachable,
}
