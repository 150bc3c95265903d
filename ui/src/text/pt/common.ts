import type { Texts } from "../en";

export const common: Texts["common"] = {
  loading: "Carregando",
  error: "Erro",
  tryAgain: "Tentar novamente",
  copy: "Copiar",
  copied: "Copiado",
  notCopied: "Não foi possível copiar: selecione o texto e copie",
  download: "Baixar",
  cancel: "Cancelar",
  close: "Fechar",
  optional: "opcional",
  showAll: (count) => `Mostrar tudo (${count})`,
  showMore: (count) => `Mostrar mais ${count}`,
  showFewer: "Mostrar menos",
  severity: {
    error: "Erro",
    "security-warning": "Aviso de segurança",
    warning: "Aviso",
    suggestion: "Sugestão",
  },
  problems: {
    network: { header: "Sem resposta", detail: "Não foi possível acessar a API do leastwise.", hint: "Verifique a conexão e se o servidor está em execução. O que você digitou foi mantido." },
    timedOut: { header: "Nenhuma resposta em 30 segundos", detail: "A solicitação foi abandonada.", hint: "Tente novamente. Um período mais curto ou menos entidades principais levam menos tempo." },
    unexpected: { header: "Algo deu errado nesta página", detail: "É uma falha do portal.", hint: "Tente novamente ou recarregue a página. O que você digitou foi mantido." },
    signedOut: { header: "Sua sessão terminou", hint: "Entre novamente. O que você digitou foi mantido." },
    forbidden: { header: "Você não tem permissão para ver isto", hint: "Peça a quem administra o leastwise para incluir você em um grupo que tenha." },
    tooLarge: { header: "É muita coisa de uma vez", hint: "Envie menos políticas ou políticas menores." },
    busy: { header: "O leastwise está ocupado", hint: "Tente novamente daqui a pouco." },
    notTaken: { header: "A solicitação não foi aceita" },
    failed: { header: "O leastwise não conseguiu responder", hint: "Tente novamente. Se persistir, o log do servidor diz mais." },
  },
};
