namespace PixelPipeline.Logs.Formats;

/// <summary>
/// What pino-http and Fastify write: pino-http one line a request, with its answer; Fastify one when it comes, which has
/// no headers, and one when it is answered, which has no URL and so is no request.
/// </summary>
/// <seealso href="https://github.com/pinojs/pino-http"/>
internal sealed class Pino() : JsonFormat(new JsonNames
{
    Time = ["time"],
    Method = ["req/method"],
    Url = ["req/url"],
    UserAgent = ["req/headers/user-agent"],
    Referer = ["req/headers/referer"],
    Address = ["req/remoteAddress"],
    Marks = [["req/url"], ["req/method"], ["pid"]],
})
{
    public override string Label => "pino";

    protected override ReadOnlySpan<byte> ReadText(LineState state, ReadOnlySpan<byte> value) => Escapes.UndoLatin1(value, state.Buffer); // as Node takes headers
}
