using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Settings;

namespace PixelPipeline.JavaScript;

/// <summary>
/// The core's rules as a transform of single messages for Pub/Sub: a JavaScript function that makes of a log entry the row
/// that the core makes of it, as the JSON that a BigQuery subscription with the table's schema writes. What the core
/// ignores it drops; for what the core rejects it throws, so that the message goes to the dead letters as it came.
/// </summary>
/// <seealso href="https://cloud.google.com/pubsub/docs/smts/udfs-overview"/>
public sealed partial class PixelTransform
{
    /// <summary>The function's name, which the transform has to give beside its code.</summary>
    public const string FunctionName = "toRow";

    /// <summary>20,480 bytes: the longest script that Pub/Sub takes.</summary>
    public const int MaxBytes = 20 * 1024;

    private static readonly string[] AgentColumns = ["agent_class", "browser", "os", "device"];

    private PixelTransform(string code) => Code = code;

    /// <summary>The script.</summary>
    public string Code { get; }

    /// <summary>Makes the transform.</summary>
    /// <param name="schema">What may be collected.</param>
    /// <param name="pixelPath">The pixel's path.</param>
    /// <param name="remoteIp">What <c>remote_ip</c> holds: the script has the whole address only.</param>
    /// <exception cref="SchemaException">The script cannot fill a column that needs a value, or would be too long.</exception>
    public static PixelTransform Of(EventSchema schema, string pixelPath, AddressForm remoteIp = AddressForm.Whole)
    {
        ArgumentNullException.ThrowIfNull(schema);
        CheckColumns(schema, remoteIp);
        var hasAgent = AgentColumns.Any(name => schema.IndexOf(name) >= 0);
        var code = new StringBuilder();
        code.Append(Constants(schema, pixelPath));
        foreach (var part in (string[])["bytes", "json", "entry", "values", hasAgent ? "agent" : "no-agent", "transform"])
        {
            code.Append(Shorten(Resource(part)));
        }

        if (hasAgent)
        {
            code.Append(AgentTables.ToJavaScript());
        }

        var length = Encoding.UTF8.GetByteCount(code.ToString());
        return length <= MaxBytes
            ? new PixelTransform(code.ToString())
            : throw new SchemaException($"The transform for Pub/Sub has {length:N0} bytes, and {MaxBytes:N0} are allowed: take columns out of the schema{(hasAgent ? ", those of the user agent first" : "")}.");
    }

    /// <summary>As the file that <c>gcloud pubsub subscriptions create --message-transforms-file</c> reads.</summary>
    public string ToTransformsFile()
    {
        var transforms = new JsonArray(new JsonObject { ["javascriptUdf"] = new JsonObject { ["functionName"] = FunctionName, ["code"] = Code } });
        return transforms.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static void CheckColumns(EventSchema schema, AddressForm remoteIp)
    {
        foreach (var name in (string[])["visitor", "country", "signature"])
        {
            if (schema.IndexOf(name) is >= 0 and var index && schema.Columns[index].IsRequired)
            {
                throw new SchemaException($"Column \"{name}\" is REQUIRED, and a transform for Pub/Sub cannot fill it: make it NULLABLE.");
            }
        }

        if (remoteIp == AddressForm.Network && schema.IndexOf("remote_ip") >= 0)
        {
            throw new SchemaException($"Setting {PipelineSetting.RemoteIp.Variable}: a transform for Pub/Sub has the whole address only; take the column \"remote_ip\" out of the schema.");
        }
    }

    private static string Constants(EventSchema schema, string pixelPath)
    {
        var columns = schema.Columns.Select(c => $"[{Text(c.Name)},{Text(c.Type.ToString().ToUpperInvariant())}{(c.IsRequired ? ",1" : "")}]");
        var attributes = schema.Columns.Where(c => schema.IsAttribute(c.Name)).Select(c => Text(c.Name));
        return $"const MAX={EventSchema.MaxValueBytes},PIXEL_PATH={Text(pixelPath)},COLUMNS=[{string.Join(',', columns)}],ATTRIBUTES=new Set([{string.Join(',', attributes)}]);\n";
    }

    private static string Text(string text) => JsonSerializer.Serialize(text);

    // Comments and indentation are for people, and count.
    private static string Shorten(string script) => Margins().Replace(script, "");

    private static string Resource(string name)
    {
        using var stream = typeof(PixelTransform).Assembly.GetManifestResourceStream(name + ".js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^\s*//.*\n|^[ ]+|^\n", RegexOptions.Multiline)]
    private static partial Regex Margins();
}
