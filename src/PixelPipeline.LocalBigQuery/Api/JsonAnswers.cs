using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>Writes JSON answers: indented if <c>prettyPrint</c> asks for it.</summary>
internal static class JsonAnswers
{
    /// <summary>Answers 200 with a resource.</summary>
    public static Task WriteJsonAsync(this HttpContext context, JsonObject resource) =>
        context.WriteJsonAsync(StatusCodes.Status200OK, writer => resource.WriteTo(writer));

    /// <summary>Answers with what <paramref name="write"/> writes.</summary>
    public static async Task WriteJsonAsync(this HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is JSON and says so: nothing reads it as HTML
            Indented = context.Request.Query["prettyPrint"] == "true",
        };
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, options))
        {
            write(writer);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
