using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Events.Sources;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel transform</c>: the pipeline's rules as a transform of Pub/Sub, for the direct mode.</summary>
internal static class TransformCommand
{
    private const string Script = "js";

    private static readonly Option<string?> Schema = CommonOptions.Schema();
    private static readonly Option<string> PixelPath = CommonOptions.OfSetting("--pixel-path", "PATH", PipelineSetting.PixelPath);
    private static readonly Option<string> RemoteIp = CommonOptions.OfSetting("--remote-ip", "FORM", PipelineSetting.RemoteIp);
    private static readonly Option<string> Form = new("--format") { Description = "json: the file for gcloud's --message-transforms-file; js: the script alone", DefaultValueFactory = _ => "json" };

    public static Command Create()
    {
        ValueOptions.Choose(Form, "json", Script);
        var command = new Command("transform", "Print the transform for Pub/Sub that makes rows without a function (docs/direct.md)") { Schema, PixelPath, RemoteIp, Form };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var schema = SchemaSource.Of(arguments.GetValue(Schema));
        var remoteIp = Enum.Parse<AddressForm>(arguments.GetValue(RemoteIp)!, ignoreCase: true);
        var transform = TransformSource.Of(schema, arguments.GetValue(PixelPath)!, remoteIp);
        Console.Write(arguments.GetValue(Form) == Script ? transform.Code : transform.ToTransformsFile());
        return 0;
    }
}
